import { collectRows } from '../collect-rows.js';
import { dimensionKey } from '../figures.js';
import { rowWarnings } from '../problems/row-warnings.js';
import { sameKeyTwice } from '../problems/unreadable-report.js';
import type { SourceRows } from '../source-rows.js';
import type { RowWarning } from './platform.js';

/** Rows as read, with what else tells each apart in the source. */
export interface ReadRows {
  readonly rows: SourceRows;
  /** The number of each row in the source, from 1. */
  readonly numbers: readonly number[];
  /** The values of groupings finer than ours (promo, country, …), as one text; empty where there are none. */
  readonly finer: readonly string[];
}

/** The row of sums that stands for one key. */
interface Merged {
  readonly row: number;
  readonly first: number;
  readonly finer: string;
  /** Number of the row seen for each other finer grouping; most keys have one row, and large reports very many keys. */
  others: Map<string, number> | null;
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
  const seen = new Set<number>();
  for (let row = 0; row < rows.length; row += 1) seen.add(keyOf(row));
  return seen.size < rows.length;
}

/**
 * Makes one row of each key. Rows that differ in a finer grouping are added up; a row repeated cell by cell is dropped;
 * anything else could be counted twice or lost, and is refused.
 */
export function mergeSameKey(
  { rows, numbers, finer: finerOf }: ReadRows,
  isRepeated: (first: number, second: number) => boolean,
): { readonly rows: SourceRows; readonly warnings: readonly RowWarning[] } {
  if (!hasTwins(rows)) return { rows, warnings: [] };
  const keyOf = rowKeys(rows);
  const merged = new Map<number, Merged>();
  const sums = collectRows();
  const warnings: RowWarning[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    const key = keyOf(row);
    const known = merged.get(key);
    const number = numbers[row] ?? 0;
    const finer = finerOf[row] ?? '';
    if (known === undefined) {
      merged.set(key, { row: sums.copy(rows, row), first: number, finer, others: null });
      continue;
    }
    const twin = finer === known.finer ? known.first : known.others?.get(finer);
    if (twin !== undefined) {
      if (!isRepeated(twin, number)) throw sameKeyTwice(twin, number);
      warnings.push({ row: number, reason: rowWarnings.repeated(twin) });
      continue;
    }
    if (!sums.addFigures(known.row, rows, row)) {
      warnings.push({ row: number, reason: rowWarnings.partSum(known.first) });
    }
    known.others ??= new Map();
    known.others.set(finer, number);
  }
  return { rows: sums.rows(), warnings };
}
