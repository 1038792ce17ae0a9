import { firstValueOf } from '../../links/query.js';
import type { ReportAccess } from '../platform.js';
import { filtersOf, tokenIn } from './url.js';

/** Same host, same account and same filters make the same report, whatever its window and columns. Holds the token. */
export function identityOfAffilka(access: ReportAccess): string {
  const { host } = new URL(access.url);
  return JSON.stringify(['affilka', host, tokenIn(access), filtersOf(access.url)]);
}

/** The name given to the export; usually empty. */
export function reportNameOfAffilka(access: ReportAccess): string | null {
  return firstValueOf(access.url, 'name')?.replaceAll('+', ' ') ?? null;
}
