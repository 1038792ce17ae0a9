import type { Lines } from './lines.js';

/** A number whose digits are known exactly, in plain or exponent form; never a text that must be interpreted. */
export interface ExactNumber {
  readonly decimal: string;
}

/** A cell that is neither text, number nor date: a list, an object, true or false. */
export interface OddCell {
  readonly odd: unknown;
}

export type Cell = string | Date | ExactNumber | OddCell | null;

export interface TableRow {
  /** Place below the headings, from 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** Rows that are made when they are asked for. */
export interface TableRows extends Iterable<TableRow> {
  readonly length: number;
  /** The row of a number. */
  numbered(number: number): TableRow;
  /** The cells of one column, one by one. */
  column(place: number): Iterable<Cell | undefined>;
}

/** A report as headings and rows, whatever kind of file it came in. Rows without any content are left out. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: TableRows;
  /** The decimal mark that the kind of file suggests: a dot in JSON. A comma between cells proves nothing about the numbers. */
  readonly usualMark: '.' | null;
  /** True for a text file that ends in the middle of a line: perhaps it was cut there. */
  readonly openEnd: boolean;
}

/** The rows that stand in these of the lines. */
export function tableRows(lines: Lines, places: ArrayLike<number>): TableRows {
  const placeOf = (number: number) => places[number - 1] ?? -1;
  const numbered = (number: number): TableRow => ({ number, cells: lines.cellsOf(placeOf(number)) });
  return {
    length: places.length,
    numbered,
    *column(column) {
      for (let number = 1; number <= places.length; number += 1) yield lines.cellOf(placeOf(number), column);
    },
    *[Symbol.iterator]() {
      for (let number = 1; number <= places.length; number += 1) yield numbered(number);
    },
  };
}

export function isExact(cell: Cell | undefined): cell is ExactNumber {
  return typeof cell === 'object' && cell !== null && 'decimal' in cell;
}

export function isOdd(cell: Cell | undefined): cell is OddCell {
  return typeof cell === 'object' && cell !== null && 'odd' in cell;
}

/** The text of a cell, trimmed; `''` for an empty one. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell.trim();
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? 'Invalid date' : cell.toISOString();
  // Never blank: a list without entries is not the same as nothing.
  return 'decimal' in cell ? cell.decimal : JSON.stringify(cell.odd);
}

/** What a message shows of a cell. */
export function cellValue(cell: Cell | undefined): unknown {
  return typeof cell === 'object' && cell !== null && 'odd' in cell ? cell.odd : cellText(cell);
}
