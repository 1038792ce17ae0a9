import { badRow, repeatedCell } from '../../problems/unreadable-report.js';

/** The cells of one row by their names. */
export type Cells = ReadonlyMap<string, unknown>;

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addCell(cells: Map<string, unknown>, cell: unknown, number: number): void {
  if (!isObject(cell) || !('name' in cell) || !('value' in cell) || typeof cell.name !== 'string') {
    throw badRow(number, cell);
  }
  const { name, value } = cell;
  if (cells.has(name) && JSON.stringify(cells.get(name)) !== JSON.stringify(value)) {
    throw repeatedCell(number, name);
  }
  cells.set(name, value);
}

/** Reads a row given as a list of `{ name, value }` in any order, or as a plain object. */
export function cellsOf(row: unknown, number: number): Cells {
  if (Array.isArray(row)) {
    const cells = new Map<string, unknown>();
    for (const cell of row) addCell(cells, cell, number);
    return cells;
  }
  if (!isObject(row)) throw badRow(number, row);
  return new Map(Object.entries(row));
}

/** True when both rows hold the same cells, in whatever order. */
export function sameCells(a: Cells, b: Cells): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) {
    if (!b.has(name) || JSON.stringify(b.get(name)) !== JSON.stringify(value)) return false;
  }
  return true;
}
