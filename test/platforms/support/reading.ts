import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ParseContext, ReportPage } from '../../../src/platforms/platform.js';
import { ProblemError } from '../../../src/problems/problem.js';

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function fixture(name: string): Uint8Array {
  return readFileSync(resolve(import.meta.dirname, '../../fixtures', name));
}

export function window(from: string, to: string, currency: string | null = null): ParseContext {
  return { query: { from, to, page: 1, ratesDate: to }, currency };
}

/** What a reading was refused with, as `code: what`; fails when it was not refused. */
export async function refusal(reading: Promise<ReportPage>): Promise<string> {
  try {
    const page = await reading;
    return `read ${page.rows.length} rows`;
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.code}: ${error.problem.what}`;
    throw error;
  }
}
