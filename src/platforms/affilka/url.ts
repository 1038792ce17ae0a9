import { firstValueOf, parametersOf, valuesOf } from '../../links/query.js';
import type { ReportAccess } from '../platform.js';
import { affilkaColumns } from './columns.js';

// A programme may serve the same paths below a language, such as /en/api/….
const feedPath = /^(?:\/[\w-]+)*\/api\/client\/partner\/report\.(?:json|xml)$/;
const customerPath = /^(?:\/[\w-]+)*\/api\/customer\/v1\/partner\/report$/;

export const wantedColumns: readonly string[] = Object.values(affilkaColumns);

const wantedGroups = ['day', 'brand', 'campaign'] as const;

/** The link that "Export report" opens; its token stands in the query. */
export function isFeed(url: URL): boolean {
  return feedPath.test(url.pathname);
}

/** The customer API; its token goes into a header. */
export function isCustomerApi(url: URL): boolean {
  return customerPath.test(url.pathname);
}

export function isXml(url: string): boolean {
  return new URL(url).pathname.endsWith('/report.xml');
}

/** The customer API wants the token beside the URL, the feed has it inside; each takes the other's where its own is missing. */
export function tokenIn(access: ReportAccess): string | null {
  const inside = firstValueOf(access.url, 'token');
  const beside = access.token ?? null;
  return isCustomerApi(new URL(access.url)) ? (beside ?? inside) : (inside ?? beside);
}

/** A parameter with one right value: `wrong` is what stands there, `null` where nothing does. */
export interface ParameterFault {
  readonly wrong: string | null;
}

/** The customer API knows no period and starts on page 1 by itself, so there only a wrong value counts. */
function faultOf(url: string, key: string, right: string): ParameterFault | null {
  const values = valuesOf(url, key).filter((value) => value !== '');
  const wrong = values.find((value) => value !== right);
  if (wrong !== undefined) return { wrong };
  return values.length > 0 || isCustomerApi(new URL(url)) ? null : { wrong: null };
}

export function periodFault(url: string): ParameterFault | null {
  return faultOf(url, 'period', 'custom');
}

export function pageFault(url: string): ParameterFault | null {
  return faultOf(url, 'page', '1');
}

export function missingFrom(url: string, key: string, wanted: readonly string[]): string[] {
  const present = new Set(valuesOf(url, key));
  return wanted.filter((value) => !present.has(value));
}

/** A key that begins like `key` and is another (`colums[]`, `group_by`): it was perhaps meant for it. */
export function similarKey(url: string, key: string): string | null {
  const start = key.slice(0, 3);
  const found = parametersOf(url).find(
    (other) => other.key !== key && other.key.toLowerCase().startsWith(start),
  );
  return found?.key ?? null;
}

/** Groups that are not asked for. A month beside the day counts as no day: both come back under one name. */
export function missingGroups(url: string): string[] {
  const missing = missingFrom(url, 'group_by[]', wantedGroups);
  const monthly = valuesOf(url, 'group_by[]').includes('month');
  return monthly && !missing.includes('day') ? ['day', ...missing] : missing;
}

/** True when the report asks for one currency; some callers send the currency alone. */
export function asksForConversion(url: string): boolean {
  const convert = firstValueOf(url, 'convert_all_currencies');
  if (convert !== null) return convert === 'true' || convert === '1';
  return firstValueOf(url, 'conversion_currency') !== null;
}

const windowKeys = new Set([
  'from',
  'to',
  'page',
  'per_page',
  'period',
  'name',
  'exchange_rates_date',
  'token',
  'columns[]',
]);

/** What narrows or splits the report: everything but account, window and columns, in a fixed order. */
export function filtersOf(url: string): readonly string[] {
  return parametersOf(url)
    .filter(({ key, value }) => !windowKeys.has(key) && value !== '')
    .map(({ key, value }) => `${key}=${value}`)
    .sort();
}
