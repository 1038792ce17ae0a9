import type { Cell } from './table.js';

/** The lines of a file, each as its cells. */
export interface Lines {
  readonly length: number;
  cellsOf(line: number): readonly Cell[];
}

export function plainLines(grid: readonly (readonly Cell[])[]): Lines {
  return { length: grid.length, cellsOf: (line) => grid[line] ?? [] };
}

/** Lines packed into one list of bytes: those of a large file take a fifth of the memory then. */
export interface PackedLines extends Lines {
  add(cells: readonly string[]): void;
}

const between = '\u001f';
/** Begins a line in which a cell holds one of these two marks. */
const asJson = '\u001e';

/** `bytes` is the room that is made at first: about what the file takes. */
export function packLines(bytes: number): PackedLines {
  let packed = Buffer.allocUnsafe(bytes);
  const ends: number[] = [];
  let end = 0;
  return {
    get length() {
      return ends.length;
    },
    add(cells) {
      const text = cells.join(between);
      const isPlain = !text.startsWith(asJson) && !cells.some((cell) => cell.includes(between));
      const line = isPlain ? text : asJson + JSON.stringify(cells);
      // No letter takes more than three bytes.
      if (end + 3 * line.length > packed.length)
        packed = Buffer.concat([packed, Buffer.alloc(packed.length + 3 * line.length)]);
      end += packed.write(line, end);
      ends.push(end);
    },
    cellsOf(line) {
      const text = packed.toString('utf8', ends[line - 1] ?? 0, ends[line]);
      return text.startsWith(asJson) ? (JSON.parse(text.slice(1)) as string[]) : text.split(between);
    },
  };
}
