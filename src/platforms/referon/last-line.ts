import { figureFields } from '../../figures.js';
import { exponentOf } from '../../money.js';
import { cutLastLine } from '../../problems/unreadable-report.js';
import { isBlank } from '../plain-figures.js';
import type { Columns } from './columns.js';
import { cellText, type Table } from './table.js';

function decimals(text: string): number {
  return /[.,](\d+)\D*$/.exec(text)?.[1]?.length ?? 0;
}

/** True when the last figure has as many decimals as all others of its column, and some: a cut one has fewer. */
function isWholeFigure(last: string, others: readonly string[], currency: string): boolean {
  const filled = others.filter((text) => !isBlank(text));
  if (last === '') return others.length > 0 && filled.length === 0;
  const places = decimals(last);
  if (filled.length === 0) return places > 0 && places === exponentOf(currency);
  return places > 0 && filled.every((text) => decimals(text) === places);
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
  const others = table.rows.column(column).slice(0, -1).map(cellText);
  if (isFigure && isWholeFigure(cellText(row.cells[column]), others, currency)) return;
  throw cutLastLine(row.number, table.headings[column] ?? '');
}
