import type { Cell } from './table.js';

/** The lines of a file, each as its cells. */
export interface Lines {
  readonly length: number;
  cellsOf(line: number): readonly Cell[];
  /** One cell of a line; `undefined` where the line has fewer. */
  cellOf(line: number, column: number): Cell | undefined;
}

export function plainLines(grid: readonly (readonly Cell[])[]): Lines {
  return {
    length: grid.length,
    cellsOf: (line) => grid[line] ?? [],
    cellOf: (line, column) => grid[line]?.[column],
  };
}
