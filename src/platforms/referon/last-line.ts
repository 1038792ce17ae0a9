import { figureFields } from '../../figures.js';
import { exponentOf } from '../../money.js';
import { cutLastLine } from '../../problems/unreadable-report.js';
import { isBlank } from '../plain-figures.js';
import type { Columns } from './columns.js';
import { cellText, type Table, type TableRows } from './table.js';

function decimals(text: string): number {
  return /[.,](\d+)\D*$/.exec(text)?.[1]?.length ?? 0;
}

/** True when the last figure has as many decimals as all others of its column, and some: a cut one has fewer. */
function isWholeFigure(last: string, rows: TableRows, column: number, currency: string): boolean {
  const places = decimals(last);
  let before = 0;
  let filled = 0;
  for (const cell of rows.column(column)) {
    before += 1;
    if (before === rows.length) break;
    const text = cellText(cell);
    if (isBlank(text)) continue;
    if (last === '' || decimals(text) !== places) return false;
    filled += 1;
  }
  if (last === '') return rows.length > 1;
  return places > 0 && (filled > 0 || places === exponentOf(currency));
}

/**
 * A text file that ends without a line end was perhaps cut inside its last cell, and `12` may have been `120`.
 * The last row is kept only where its last cell is not read, or is whole without doubt.
 */
export function checkLastLine(table: Table, columns: Columns, day: number, currency: string): void {
  if (!table.openEnd || table.rows.length === 0) return;
  const row = table.rows.numbered(table.rows.length);
  const column = Math.min(row.cells.length, table.headings.length) - 1;
  const isFigure = figureFields.some((field) => columns.fields[field] === column);
  const isGroup = Object.values(columns.groups).includes(column) || column === columns.currency;
  if ((!isFigure && !isGroup) || column === day) return;
  if (isFigure && isWholeFigure(cellText(row.cells[column]), table.rows, column, currency)) return;
  throw cutLastLine(row.number, table.headings[column] ?? '');
}
