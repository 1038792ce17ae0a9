import { type Day, dayIn, firstOfMonth, type Instant, isDay } from '../../src/dates.js';
import { aggregate, convertRows, type Grouping } from './aggregate.js';
import type { BookRow } from './book-row.js';
import type { Books } from './books.js';

export interface AffilkaQuery {
  readonly from: Day;
  readonly to: Day;
  readonly columns: readonly string[];
  readonly groups: readonly Grouping[];
  readonly brands: readonly string[];
  /** `null` where the report is not converted. */
  readonly currency: string | null;
  readonly ratesDay: Day;
  readonly page: number;
}

const groupings: readonly string[] = ['day', 'month', 'brand', 'campaign'] satisfies Grouping[];

function isGrouping(name: string): name is Grouping {
  return groupings.includes(name);
}

/** `period` decides the window unless it is `custom` or absent; then `from` and `to` count for nothing. */
function windowOf(params: URLSearchParams, today: Day): readonly [Day, Day] | null {
  const period = params.get('period') ?? 'custom';
  if (period !== 'custom') return [firstOfMonth(today), today];
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  return isDay(from) && isDay(to) ? [from, to] : null;
}

/** The asked report, or what is wrong with the question. */
export function readAffilkaQuery(params: URLSearchParams, now: Instant): AffilkaQuery | string {
  const today = dayIn('UTC', now);
  const window = windowOf(params, today);
  if (!window) return 'from and to must be dates';
  const groups = params.getAll('group_by[]');
  const unknown = groups.find((name) => !isGrouping(name));
  if (unknown !== undefined) return `unknown group ${unknown}`;
  const page = Number(params.get('page') ?? '1');
  if (!Number.isInteger(page) || page < 1) return 'page must be a number from 1';
  const converts = ['true', '1'].includes(params.get('convert_all_currencies') ?? '');
  return {
    from: window[0],
    to: window[1],
    columns: params.getAll('columns[]'),
    groups: groups.filter(isGrouping),
    brands: params.getAll('brand_ids[]'),
    currency: params.get('conversion_currency') || (converts ? 'EUR' : null),
    ratesDay: params.get('exchange_rates_date') || today,
    page,
  };
}

/** What the books have for a query: grouped, and converted where it asks for that. */
export function affilkaRows(
  books: Books,
  query: AffilkaQuery,
  now: Instant,
  by: ReadonlySet<Grouping> = new Set(query.groups),
): BookRow[] {
  const rows = books.rows({ from: query.from, to: query.to, now, brands: query.brands });
  return aggregate(query.currency ? convertRows(rows, query.currency, query.ratesDay) : rows, by);
}
