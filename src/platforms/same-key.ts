import { collectRows } from '../collect-rows.js';
import { dimensionKey } from '../figures.js';
import { rowWarnings } from '../problems/row-warnings.js';
import { sameKeyTwice } from '../problems/unreadable-report.js';
import type { SourceRows } from '../source-rows.js';
import type { RowWarning } from './platform.js';

/** Rows as read, with what else tells each apart in the source. */
export interface ReadRows {
  readonly rows: SourceRows;
  /** The number of a row in the source, from 1. */
  numberOf(row: number): number;
  /** The values of groupings finer than ours (promo, country, …), as one text; empty where there are none. */
  finerOf(row: number): string;
}

/** Gives each row a number: the same for rows of one day and one dimension, by whatever names it goes. */
export function rowKeys(rows: SourceRows): (row: number) => number {
  const known = new Map<string, number>();
  const keyPlaces = rows.dimensions.map((dimension) => {
    const key = dimensionKey(dimension);
    const place = known.get(key) ?? known.size;
    known.set(key, place);
    return place;
  });
  return (row) => (rows.dayPlaces[row] ?? 0) * known.size + (keyPlaces[rows.dimensionPlaces[row] ?? 0] ?? 0);
}

/** True where two rows have one key. */
export function hasTwins(rows: SourceRows): boolean {
  const keyOf = rowKeys(rows);
  const keys = Float64Array.from({ length: rows.length }, (_, row) => keyOf(row)).sort();
  return keys.some((key, place) => place > 0 && key === keys[place - 1]);
}

/**
 * Makes one row of each key. Rows that differ in a finer grouping are added up; a row repeated cell by cell is dropped;
 * anything else could be counted twice or lost, and is refused.
 */
export function mergeSameKey(
  { rows, numberOf, finerOf }: ReadRows,
  isRepeated: (first: number, second: number) => boolean,
): { readonly rows: SourceRows; readonly warnings: readonly RowWarning[] } {
  if (!hasTwins(rows)) return { rows, warnings: [] };
  const keyOf = rowKeys(rows);
  // Numbers only: large reports have very many keys, most of them of one row.
  const sumOf = new Map<number, number>();
  const firstOf = new Uint32Array(rows.length);
  /** For each sum of several rows the number of the row seen for each finer grouping. */
  const partsOf = new Map<number, Map<string, number>>();
  const sums = collectRows(rows.length);
  const warnings: RowWarning[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    const key = keyOf(row);
    const sum = sumOf.get(key);
    if (sum === undefined) {
      const added = sums.copy(rows, row);
      sumOf.set(key, added);
      firstOf[added] = row;
      continue;
    }
    const first = firstOf[sum] ?? 0;
    const parts = partsOf.get(sum) ?? new Map([[finerOf(first), numberOf(first)]]);
    partsOf.set(sum, parts);
    const number = numberOf(row);
    const finer = finerOf(row);
    const twin = parts.get(finer);
    if (twin !== undefined) {
      if (!isRepeated(twin, number)) throw sameKeyTwice(twin, number);
      warnings.push({ row: number, reason: rowWarnings.repeated(twin) });
      continue;
    }
    if (!sums.addFigures(sum, rows, row)) {
      warnings.push({ row: number, reason: rowWarnings.partSum(numberOf(first)) });
    }
    parts.set(finer, number);
  }
  return { rows: sums.rows(), warnings };
}
