import { collectRows } from '../../collect-rows.js';
import type { Day } from '../../dates.js';
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
import { currencyOf, dimensionOf, figuresOf, groupTexts } from './parse-row.js';
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

function sameRow(a: TableRow | undefined, b: TableRow | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.cells.map(cellText).join('\0') === b.cells.map(cellText).join('\0')
  );
}

interface DatedRow {
  readonly row: TableRow;
  /** `null` where the report is not split by day and more than one day was asked for. */
  readonly day: Day | null;
}

/** Gives each row its day and leaves the totals out. */
function datedRows(table: Table, columns: Columns, dayColumn: number, { query }: ParseContext) {
  const days = dayColumn < 0 ? null : readDays(table, dayColumn, query);
  const onlyDay = query.from === query.to ? query.from : null;
  const rows: DatedRow[] = [];
  const warnings: RowWarning[] = [];
  for (const [index, row] of table.rows.entries()) {
    const day = days === null ? onlyDay : (days[index] ?? null);
    const dayText = days === null ? null : cellText(row.cells[dayColumn]);
    if (isTotalRow(dayText, groupTexts(row, columns))) {
      warnings.push({ row: row.number, reason: rowWarnings.total() });
      continue;
    }
    if (days !== null && day === null) throw missingDay(row.number);
    rows.push({ row, day });
  }
  return { rows, warnings };
}

/** Reads the rows of a table. Every figure must be certain, also in rows that are left out for their day. */
export function readPage(table: Table, context: ParseContext): ReportPage {
  const columns = findColumns(table.headings);
  if (table.rows.length > mostRows) throw tooManyRows(mostRows);
  const { from, to } = context.query;
  const dayColumn = findDayColumn(table, columns);
  const { rows, warnings } = datedRows(table, columns, dayColumn, context);
  if (rows.at(-1)?.row === table.rows.at(-1)) {
    checkLastLine(table, columns, dayColumn, context.currency ?? noCurrency);
  }
  const figureContext: FigureContext = {
    mark: findDecimalMark(table, columns),
    usualMark: table.usualMark,
    noteSign: oneSign(),
  };
  const collected = collectRows();
  const numbers: number[] = [];
  const finer: string[] = [];
  for (const { row, day } of rows) {
    const { number } = row;
    const currency = currencyOf(row, columns, context.currency);
    const figures = figuresOf(row, table, columns, currency, figureContext);
    if (day === null || day < from || day > to) {
      const reason = day === null ? rowWarnings.undated() : rowWarnings.outside(day);
      warnings.push({ row: number, reason });
      continue;
    }
    collected.add(day, { ...dimensionOf(row, columns), currency }, figures);
    numbers.push(number);
    finer.push(columns.finer.map((place) => cellText(row.cells[place])).join('\0'));
  }
  const read: ReadRows = { rows: collected.rows(), numbers, finer };
  const subtotals = findSubtotals(read.rows);
  for (const row of subtotals) warnings.push({ row: numbers[row] ?? 0, reason: rowWarnings.total() });
  const kept = subtotals.size === 0 ? read : without(read, subtotals);
  const merged = mergeSameKey(kept, (a, b) => sameRow(table.rows[a - 1], table.rows[b - 1]));
  return {
    rows: merged.rows,
    sourceRows: rows.length - subtotals.size,
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

function without({ rows, numbers, finer }: ReadRows, left: ReadonlySet<number>): ReadRows {
  const collected = collectRows();
  const isKept = (_: unknown, row: number) => !left.has(row);
  for (let row = 0; row < rows.length; row += 1) if (!left.has(row)) collected.copy(rows, row);
  return { rows: collected.rows(), numbers: numbers.filter(isKept), finer: finer.filter(isKept) };
}
