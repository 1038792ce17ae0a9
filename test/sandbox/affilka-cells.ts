import { type ColumnValue, columnFields, columnValue } from './affilka-columns.js';
import type { AffilkaQuery } from './affilka-query.js';
import type { BookRow } from './book-row.js';
import { toUnits } from './currencies.js';
import type { ActiveFaults } from './faults.js';
import { inWords } from './words.js';

export interface Cell {
  readonly name: string;
  readonly value: unknown;
  readonly type: string;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `1 Apr 26`: a date that must not be guessed at. */
export function oddDate(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${months[Number(month) - 1]} ${year.slice(2)}`;
}

/** An id as the number it is; made-up ids of tests may be words. */
function idValue(id: string): number | string {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
}

function moneyValue(amount: string, currency: string, faults: ActiveFaults): unknown {
  if (faults.has('numbers-in-words')) return { currency, amount: inWords(amount) };
  if (faults.has('money-as-text')) return amount;
  if (faults.has('money-as-number')) return Number(amount);
  const cents = `${toUnits(amount, currency)}.0`;
  if (faults.has('money-as-cents')) return { currency, amount_cents: cents };
  return { currency, amount, amount_cents: cents };
}

function valueCell(name: string, column: ColumnValue, currency: string, faults: ActiveFaults): Cell {
  if (column.kind === 'money') {
    const value = column.value === null ? null : moneyValue(column.value, currency, faults);
    return { name, value, type: 'money' };
  }
  const spelled = faults.has('numbers-in-words') && column.value !== null;
  const type = column.kind === 'rate' ? 'percent' : 'integer';
  return { name, value: spelled ? inWords(column.value) : column.value, type };
}

/** The asked columns that are enabled, as cells; one that is not enabled has no cell. */
export function valueCells(
  row: BookRow,
  query: AffilkaQuery,
  enabled: ReadonlySet<string>,
  faults: ActiveFaults,
): Cell[] {
  const gone = faults.has('column-missing') ? (faults.get('column-missing')?.column ?? 'ngr') : null;
  return query.columns.flatMap((name) => {
    if (!enabled.has(name) || (gone !== null && columnFields[name] === gone)) return [];
    const column = columnValue(row, name);
    return column ? [valueCell(name, column, row.currency, faults)] : [];
  });
}

/** What a row is about. The group names come back changed, and a date has a time part. */
export function groupCells(row: BookRow, faults: ActiveFaults): Cell[] {
  const date = faults.has('other-date-format') ? oddDate(row.day) : `${row.day}T00:00:00.000Z`;
  return [
    ...(row.day ? [{ name: 'date', value: date, type: 'date' }] : []),
    ...(row.brandId ? [{ name: 'brand_id', value: idValue(row.brandId), type: 'brand' }] : []),
    ...(row.campaignId ? [{ name: 'campaign_id', value: idValue(row.campaignId), type: 'campaign' }] : []),
    { name: 'currency', value: row.currency, type: 'string' },
  ];
}

const strangers: readonly Cell[] = [
  { name: 'dynamic_tag_source', value: null, type: 'string' },
  { name: 'sb_settled_bets_sum', value: { nested: [1, 2, 3] }, type: 'object' },
];

/** A row as it goes out: cells in order, out of order, with strangers among them, or as one object. */
export function shapeRow(cells: readonly Cell[], index: number, faults: ActiveFaults): unknown {
  const all = faults.has('unknown-cells') ? [...cells, ...strangers] : cells;
  const start = faults.has('cells-shuffled') ? (index * 5 + 3) % all.length : 0;
  const ordered = [...all.slice(start), ...all.slice(0, start)];
  if (!faults.has('rows-as-objects')) return ordered;
  return Object.fromEntries(ordered.map((cell) => [cell.name, cell.value]));
}
