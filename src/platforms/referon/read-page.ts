import { collectRows } from '../../collect-rows.js';
import { figureFields } from '../../figures.js';
import { rowWarnings } from '../../problems/row-warnings.js';
import { missingDay, otherCurrency, tooManyRows } from '../../problems/unreadable-report.js';
import { noCurrency } from '../currency-code.js';
import { mostRows, mostWarnings } from '../limits.js';
import type { ParseContext, ReportPage, RowWarning } from '../platform.js';
import { mergeSameKey, type ReadRows } from '../same-key.js';
import { type Columns, findColumns } from './columns.js';
import { findDayColumn, readDays } from './day-column.js';
import { findDecimalMark } from './decimal-mark.js';
import { checkLastLine } from './last-line.js';
import { currencyOf, dimensionOf, figureReader, groupTexts } from './parse-row.js';
import type { FigureContext } from './read-figure.js';
import { findSubtotals } from './subtotals.js';
import { cellText, type Table, type TableRow } from './table.js';
import { isTotalRow } from './total-row.js';

/** Amounts without a stated currency must at least be of one: "€5" and "£5" are never added up. */
function oneSign(): FigureContext['noteSign'] {
  let first: string | null = null;
  return (sign, row, column) => {
    first ??= sign;
    if (first !== sign) throw otherCurrency(row, column, sign, first);
  };
}

function sameRow(one: TableRow, other: TableRow): boolean {
  return one.cells.map(cellText).join('\0') === other.cells.map(cellText).join('\0');
}

/** The days of all rows, `null` where there is none, and the numbers of the rows that are totals. */
function readTotals(table: Table, columns: Columns, dayColumn: number, { query }: ParseContext) {
  const days = dayColumn < 0 ? null : readDays(table, dayColumn, query);
  const onlyDay = query.from === query.to ? query.from : null;
  const totals = new Set<number>();
  for (const row of table.rows) {
    const dayText = days === null ? null : cellText(row.cells[dayColumn]);
    if (isTotalRow(dayText, groupTexts(row, columns))) totals.add(row.number);
    else if (days !== null && days(row.number) === null) throw missingDay(row.number);
  }
  // `null` where the report is not split by day and more than one day was asked for.
  const dayOf = (row: TableRow) => (days === null ? onlyDay : days(row.number));
  return { dayOf, totals };
}

/** Reads the rows of a table. Every figure must be certain, also in rows that are left out for their day. */
export function readPage(table: Table, context: ParseContext): ReportPage {
  const columns = findColumns(table.headings);
  if (table.rows.length > mostRows) throw tooManyRows(mostRows);
  const { from, to } = context.query;
  const dayColumn = findDayColumn(table, columns);
  const { dayOf, totals } = readTotals(table, columns, dayColumn, context);
  const warnings: RowWarning[] = [...totals].map((row) => ({ row, reason: rowWarnings.total() }));
  if (!totals.has(table.rows.length)) {
    checkLastLine(table, columns, dayColumn, context.currency ?? noCurrency);
  }
  const mark = findDecimalMark(table, columns);
  const figuresOf = figureReader(table, columns, { mark, usualMark: table.usualMark, noteSign: oneSign() });
  const collected = collectRows(table.rows.length);
  const numbers = new Uint32Array(table.rows.length);
  for (const row of table.rows) {
    const { number } = row;
    if (totals.has(number)) continue;
    const day = dayOf(row);
    const currency = currencyOf(row, columns, context.currency);
    const figures = figuresOf(row, currency);
    if (day === null || day < from || day > to) {
      const reason = day === null ? rowWarnings.undated() : rowWarnings.outside(day);
      warnings.push({ row: number, reason });
      continue;
    }
    numbers[collected.add(day, dimensionOf(row, columns, currency), figures)] = number;
  }
  const read: ReadRows = {
    rows: collected.rows(),
    numberOf: (row) => numbers[row] ?? 0,
    finerOf: (row) => finerOf(table, columns, numbers[row] ?? 0),
  };
  const subtotals = findSubtotals(read.rows);
  for (const row of subtotals) warnings.push({ row: read.numberOf(row), reason: rowWarnings.total() });
  const kept = subtotals.size === 0 ? read : without(read, subtotals);
  const merged = mergeSameKey(kept, (a, b) => sameRow(table.rows.numbered(a), table.rows.numbered(b)));
  return {
    rows: merged.rows,
    sourceRows: table.rows.length - totals.size - subtotals.size,
    page: 1,
    totalPages: 1,
    present: figureFields.filter((field) => columns.fields[field] >= 0),
    groups: {
      day: dayColumn >= 0,
      brand: columns.groups.brandId >= 0 || columns.groups.brand >= 0,
      campaign: columns.groups.campaignId >= 0 || columns.groups.campaign >= 0,
      currency: columns.currency >= 0,
    },
    warnings: [...warnings, ...merged.warnings].slice(0, mostWarnings),
  };
}

/** The groupings finer than ours, as one text. */
function finerOf(table: Table, { finer }: Columns, number: number): string {
  if (finer.length === 0) return '';
  const { cells } = table.rows.numbered(number);
  return finer.map((place) => cellText(cells[place])).join('\0');
}

function without({ rows, numberOf, finerOf }: ReadRows, left: ReadonlySet<number>): ReadRows {
  const collected = collectRows(rows.length);
  const from = new Uint32Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    if (!left.has(row)) from[collected.copy(rows, row)] = row;
  }
  return {
    rows: collected.rows(),
    numberOf: (row) => numberOf(from[row] ?? 0),
    finerOf: (row) => finerOf(from[row] ?? 0),
  };
}
