import { noKnownHeading, shortRow } from '../../problems/unreadable-report.js';
import { isBlank } from '../plain-figures.js';
import { countKnownHeadings } from './headings.js';
import { cellsOf, type Line } from './packed-line.js';
import { type Cell, cellText, type Table, type TableRow, tableRows } from './table.js';
import { isTotalLabel } from './total-row.js';

/** How far below the start the headings are looked for; exports put a title or the filters above them. */
export const mostLinesAbove = 40;

function headingPlace(grid: readonly Line[]): number {
  let place = -1;
  let most = 0;
  for (const [index, line] of grid.slice(0, mostLinesAbove).entries()) {
    const count = countKnownHeadings(cellsOf(line).map(cellText));
    if (count > most) {
      most = count;
      place = index;
    }
  }
  return place;
}

function isEmptyRow(cells: readonly Cell[]): boolean {
  return cells.every((cell) => cellText(cell) === '');
}

/** A line with too few cells was cut, unless it is a totals line; one with too many has broken quotes. */
function checkWidth(row: TableRow, width: number): void {
  const { cells, number } = row;
  if (cells.length < width) {
    const label = cells.map(cellText).find((text) => !isBlank(text));
    if (label === undefined || !isTotalLabel(label)) throw shortRow(number, cells.length, width);
  }
  if (cells.slice(width).some((cell) => cellText(cell) !== '')) throw shortRow(number, cells.length, width);
}

/** Finds the headings in a grid of cells and takes what is below them as rows. */
export function findTable(
  grid: readonly Line[],
  kind: { readonly usualMark: '.' | null; readonly openEnd: boolean },
): Table {
  const place = headingPlace(grid);
  const heading = grid[place];
  if (heading === undefined) throw noKnownHeading();
  const headings = cellsOf(heading).map(cellText);
  const lines: Line[] = [];
  for (const line of grid.slice(place + 1)) {
    const cells = cellsOf(line);
    if (isEmptyRow(cells)) continue;
    checkWidth({ number: lines.length + 1, cells }, headings.length);
    lines.push(line);
  }
  return { headings, rows: tableRows(lines), ...kind };
}
