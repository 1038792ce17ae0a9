import type { ParseContext, ReportPage } from '../platform.js';

/** Placeholder until the parser is merged. */
export async function parseAffilka(_body: Uint8Array, _context: ParseContext): Promise<ReportPage> {
  throw new Error('The Affilka parser is not here yet.');
}
