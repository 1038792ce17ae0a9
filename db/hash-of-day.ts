import { hash } from 'node:crypto';
import type { FigureValues } from './figure-columns.js';

/** The rows of one day by dimension. */
export type DayRows = ReadonlyMap<bigint, FigureValues>;

/** What a day's rows come to, whatever their order: equal only for the same figures. Stored, so it must never change. */
export function hashOfDay(rows: DayRows): string {
  let lines = '';
  for (const [id, values] of inOrder(rows)) {
    lines += lines === '' ? id : `\n${id}`;
    let before = ':';
    // Written out: `join` takes three times as long for so few.
    for (const value of values) {
      lines += value === null ? before : before + value;
      before = ',';
    }
  }
  return hash('sha256', lines, 'base64');
}

/** By dimension. Most reports have the same order each day, and so are in order already. */
function inOrder(rows: DayRows): Iterable<readonly [bigint, FigureValues]> {
  let last = -1n;
  for (const id of rows.keys()) {
    if (id < last) return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
    last = id;
  }
  return rows;
}
