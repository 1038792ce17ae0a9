import type { Cell } from './table.js';

/** A line as its cells, or packed into one text: the lines of a large file take a third of the memory then. */
export type Line = readonly Cell[] | string;

const between = '\u001f';
/** Begins a line in which a cell holds one of these two marks. */
const asJson = '\u001e';

export function packLine(cells: readonly string[]): string {
  const text = cells.join(between);
  const isPlain = !text.startsWith(asJson) && !cells.some((cell) => cell.includes(between));
  return isPlain ? text : asJson + JSON.stringify(cells);
}

export function cellsOf(line: Line): readonly Cell[] {
  if (typeof line !== 'string') return line;
  return line.startsWith(asJson) ? (JSON.parse(line.slice(1)) as string[]) : line.split(between);
}
