import { noKnownHeading, shortRow } from '../../problems/unreadable-report.js';
import { isBlank } from '../plain-figures.js';
import { countKnownHeadings } from './headings.js';
import type { Lines } from './lines.js';
import { type Cell, cellText, type Table, type TableRow, tableRows } from './table.js';
import { isTotalLabel } from './total-row.js';

/** How far below the start the headings are looked for; exports put a title or the filters above them. */
export const mostLinesAbove = 40;

function headingPlace(lines: Lines): number {
  let place = -1;
  let most = 0;
  for (let line = 0; line < Math.min(lines.length, mostLinesAbove); line += 1) {
    const count = countKnownHeadings(lines.cellsOf(line).map(cellText));
    if (count > most) {
      most = count;
      place = line;
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

/** Finds the headings among the lines and takes what is below them as rows. */
export function findTable(
  lines: Lines,
  kind: { readonly usualMark: '.' | null; readonly openEnd: boolean },
): Table {
  const place = headingPlace(lines);
  if (place < 0) throw noKnownHeading();
  const headings = lines.cellsOf(place).map(cellText);
  const places = new Uint32Array(lines.length);
  let length = 0;
  for (let line = place + 1; line < lines.length; line += 1) {
    const cells = lines.cellsOf(line);
    if (isEmptyRow(cells)) continue;
    checkWidth({ number: length + 1, cells }, headings.length);
    places[length] = line;
    length += 1;
  }
  return { headings, rows: tableRows(lines, places.subarray(0, length)), ...kind };
}
