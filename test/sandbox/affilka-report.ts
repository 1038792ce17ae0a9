import type { Instant } from '../../src/dates.js';
import { groupCells, shapeRow, valueCells } from './affilka-cells.js';
import { type AffilkaQuery, affilkaRows } from './affilka-query.js';
import { aggregate } from './aggregate.js';
import type { BookRow } from './book-row.js';
import type { Books } from './books.js';
import type { ActiveFaults } from './faults.js';
import { spoilGrouping, spoilRows } from './spoil-rows.js';

export interface AffilkaAccount {
  readonly enabledColumns: ReadonlySet<string>;
  readonly perPage: number;
}

function pageSize(count: number, account: AffilkaAccount, faults: ActiveFaults): number {
  if (!faults.has('small-pages')) return account.perPage;
  return Math.max(1, Math.ceil(count / (faults.get('small-pages')?.pages ?? 10)));
}

function relationsOf(books: Books, rows: readonly BookRow[]): object {
  const brands = new Set(rows.map((row) => row.brandId));
  const campaigns = new Map(rows.map((row) => [row.campaignId, row.campaign]));
  const idOf = (id: string) => (/^[1-9]\d{0,14}$/.test(id) ? Number(id) : id);
  return {
    brands: books
      .brands()
      .filter((brand) => brands.has(brand.id))
      .map(({ id, name }) => ({ id: idOf(id), name })),
    campaigns: [...campaigns]
      .filter(([id]) => id !== '')
      .map(([id, name]) => ({ id: idOf(id), name, strategy: 'Hybrid' })),
    promos: [],
    partners: [],
    dedicated_operators: [],
  };
}

function pagingOf(query: AffilkaQuery, count: number, size: number, faults: ActiveFaults): object {
  const page = faults.has('repeated-page') ? 1 : query.page;
  const pages = faults.has('endless-pages') ? query.page + 1 : Math.ceil(count / size);
  return {
    current_page: page,
    ...(faults.has('missing-total-pages') ? {} : { total_pages: pages }),
    current_per_page: size,
    ...(faults.has('missing-total-pages') ? {} : { total_count: count }),
  };
}

/** One page of the report, as the JSON that both endpoints send. */
export function affilkaReport(
  books: Books,
  account: AffilkaAccount,
  query: AffilkaQuery,
  now: Instant,
  faults: ActiveFaults,
): object {
  const asked = faults.has('mixed-currencies') ? { ...query, currency: null } : query;
  const rows = spoilRows(
    affilkaRows(books, asked, now, spoilGrouping(new Set(query.groups), faults)),
    faults,
  );
  const size = pageSize(rows.length, account, faults);
  const stuck = faults.has('repeated-page') || faults.has('endless-pages');
  const start = stuck ? 0 : (query.page - 1) * size;
  const shown = rows.slice(start, start + size);
  const sums = aggregate(rows, new Set());
  const values = (row: BookRow) => valueCells(row, query, account.enabledColumns, faults);
  const totals = sums.map((row) => [...groupCells(row, faults), ...values(row)]);
  const data = shown.map((row, index) =>
    shapeRow([...groupCells(row, faults), ...values(row)], index, faults),
  );
  return {
    report_type: 'partner',
    rows: { data: faults.has('totals-among-rows') ? [...data, ...totals] : data },
    totals: { data: totals },
    ...(faults.has('no-relations') ? {} : { relations: relationsOf(books, shown) }),
    ...pagingOf(query, rows.length, size, faults),
  };
}
