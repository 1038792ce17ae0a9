import type { Day, Instant } from '../../src/dates.js';
import { type FigureField, figureFields, type SourceRow } from '../../src/figures.js';
import { amountText } from '../../src/money.js';
import { columnFields } from './affilka-columns.js';
import { affilkaRows, readAffilkaQuery } from './affilka-query.js';
import { type BookFigures, type BookRow, sortRows } from './book-row.js';
import type { Books } from './books.js';
import type { Preset } from './preset.js';
import { allClicks, headingFields } from './referon-headings.js';
import { referonRows } from './referon-table.js';

/** A window as a reader asks for it. */
export interface ExpectedWindow {
  readonly from: Day;
  readonly to: Day;
  readonly now: Instant;
  /** The exchange rates' day, where the report converts. */
  readonly ratesDay?: Day;
}

/** Leaves only the fields that the report has a column for. */
function masked(row: BookRow, fields: ReadonlySet<FigureField>): BookRow {
  const figures = figureFields.map((field) => [field, fields.has(field) ? row.figures[field] : null]);
  return { ...row, figures: Object.fromEntries(figures) };
}

/** What a faultless reader of an Affilka link stores for a window. */
export function expectedAffilkaRows(
  books: Books,
  enabled: ReadonlySet<string>,
  params: URLSearchParams,
  window: ExpectedWindow,
): BookRow[] {
  const asked = new URLSearchParams(params);
  asked.set('period', 'custom');
  asked.set('from', window.from);
  asked.set('to', window.to);
  asked.set('page', '1');
  if (window.ratesDay) asked.set('exchange_rates_date', window.ratesDay);
  const query = readAffilkaQuery(asked, window.now);
  if (typeof query === 'string') throw new Error(query);
  const fields = new Set<FigureField>();
  for (const column of query.columns) {
    const field = enabled.has(column) ? columnFields[column] : undefined;
    if (field) fields.add(field);
  }
  return sortRows(affilkaRows(books, query, window.now).map((row) => masked(row, fields)));
}

/** What a faultless reader of a ReferOn preset stores for a window, asking day by day where the file names no day. */
export function expectedReferonRows(books: Books, preset: Preset, window: ExpectedWindow): BookRow[] {
  const fields = new Set<FigureField>();
  for (const heading of preset.columns) {
    const field = headingFields[heading];
    if (field) fields.add(field);
  }
  const fallsBack = !fields.has('clicks') && preset.columns.includes('Click Count');
  if (fallsBack) fields.add('clicks');
  const by = new Set([
    'day' as const,
    ...preset.groups.map((group) => (group === 'brand' ? ('brand' as const) : ('campaign' as const))),
  ]);
  const rows = referonRows(books, preset, window.from, window.to, window.now, by).map((row) =>
    fallsBack ? { ...row, figures: { ...row.figures, clicks: allClicks(row) } } : row,
  );
  return sortRows(rows.map((row) => masked(row, fields)));
}

function figuresText({ figures, currency }: SourceRow): BookFigures {
  const entries = figureFields.map((field) => {
    const value = figures[field];
    return [field, typeof value === 'bigint' ? amountText(value, currency) : value];
  });
  return Object.fromEntries(entries);
}

/** Stored rows in the books' own form, to compare them to the last unit. */
export function asBookRows(rows: readonly SourceRow[]): BookRow[] {
  return sortRows(rows.map((row) => ({ ...row, figures: figuresText(row) })));
}
