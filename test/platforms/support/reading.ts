import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceRow } from '../../../src/figures.js';
import { parseAffilka } from '../../../src/platforms/affilka/parse.js';
import type { ParseContext, ReportPage } from '../../../src/platforms/platform.js';
import { parseReferon } from '../../../src/platforms/referon/parse.js';
import { ProblemError } from '../../../src/problems/problem.js';
import { listRows } from '../../../src/source-rows.js';

/** A page with its rows as a list. */
export type ListedPage = Omit<ReportPage, 'rows'> & { readonly rows: readonly SourceRow[] };

export async function readAffilka(body: Uint8Array, context: ParseContext): Promise<ListedPage> {
  return listed(await parseAffilka(body, context));
}

export async function readReferon(body: Uint8Array, context: ParseContext): Promise<ListedPage> {
  return listed(await parseReferon(body, context));
}

function listed(page: ReportPage): ListedPage {
  return { ...page, rows: listRows(page.rows) };
}

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
export async function refusal(reading: Promise<ListedPage>): Promise<string> {
  try {
    const page = await reading;
    return `read ${page.rows.length} rows`;
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.code}: ${error.problem.what}`;
    throw error;
  }
}
