import { badRow, noRowList } from '../../problems/unreadable-report.js';
import { errorProblem } from '../other-answer.js';
import { readJson } from '../read-json.js';
import { findTable } from './find-table.js';
import { plainLines } from './lines.js';
import { referonSource } from './referon-source.js';
import { type Cell, type Table, tableRows } from './table.js';

const listKeys = ['data', 'rows', 'items', 'result', 'results'];

function rowList(json: unknown, depth = 0): readonly unknown[] | null {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null || depth > 2) return null;
  const answer = new Map<string, unknown>(Object.entries(json));
  for (const key of listKeys) {
    const list = rowList(answer.get(key), depth + 1);
    if (list) return list;
  }
  return null;
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return { odd: value };
  // Beyond these digits the last decimals were lost before we saw them.
  const exact = Number.isFinite(value) && Math.abs(value) * 100 <= Number.MAX_SAFE_INTEGER;
  return exact ? { decimal: String(value) } : { odd: value };
}

function fromObjects(list: readonly unknown[]): Table {
  const places = new Map<string, number>();
  const rows: Cell[][] = [];
  for (const [index, item] of list.entries()) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw badRow(index + 1, item);
    const cells: Cell[] = [];
    for (const [heading, value] of Object.entries(item)) {
      const place = places.get(heading) ?? places.size;
      places.set(heading, place);
      cells[place] = cellOf(value);
    }
    rows.push(Array.from(cells, (cell) => cell ?? null));
  }
  return {
    headings: [...places.keys()],
    rows: tableRows(plainLines(rows), [...rows.keys()]),
    usualMark: '.',
    openEnd: false,
  };
}

/** Reads a JSON list of rows, alone or inside an object; `null` for an empty list, which has no headings. */
export function parseJson(text: string): Table | null {
  const json = readJson(text);
  const list = rowList(json);
  const problem = errorProblem(json, list !== null, referonSource);
  if (problem) throw problem;
  if (list === null) throw noRowList();
  if (list.length === 0) return null;
  if (!list.every(Array.isArray)) return fromObjects(list);
  const grid = list.map((row: readonly unknown[]) => row.map(cellOf));
  return findTable(plainLines(grid), { usualMark: '.', openEnd: false });
}
