import { z } from 'zod';
import type { Platform, ReportAccess } from '../platforms/platform.js';
import type { Core } from '../ports.js';
import { ProblemError } from '../problems/problem.js';

const attributesForm = z.looseObject({ available_columns: z.array(z.string()) });

/**
 * The wanted columns that an account does not have, by Affilka's list of report attributes. Empty where the platform has no such
 * list or it cannot be read: the report itself has the last word, this only explains it.
 */
export async function columnsNotEnabled(
  core: Core,
  platform: Platform,
  access: ReportAccess,
): Promise<readonly string[]> {
  const request = platform.attributesRequest?.(access);
  if (!request) return [];
  try {
    const token = core.vault.fingerprint(platform.secretOf(access) ?? access.url);
    const response = await core.gates.token(token, () => core.http.get(request));
    if (response.status !== 200) return [];
    const text = new TextDecoder('utf-8', { fatal: true }).decode(response.body);
    const available = new Set(attributesForm.parse(JSON.parse(text)).available_columns);
    return Object.values(platform.columnNames).filter((name) => !available.has(name));
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SyntaxError || error instanceof TypeError)
      return [];
    if (error instanceof z.ZodError) return [];
    throw error;
  }
}
