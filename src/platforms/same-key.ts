import { countFields, type Dimension, type Figures, moneyFields, type SourceRow } from '../figures.js';
import { rowWarnings } from '../problems/row-warnings.js';
import { sameKeyTwice } from '../problems/unreadable-report.js';
import type { RowWarning } from './platform.js';

/** A row as read, with what else tells it apart in the source. */
export interface ReadRow {
  readonly row: SourceRow;
  /** Its number in the source, from 1. */
  readonly number: number;
  /** The values of groupings finer than ours (promo, country, …), as one text; empty where there are none. */
  readonly finer: string;
}

interface Merged {
  row: SourceRow;
  readonly first: number;
  readonly finer: string;
  /** Number of the row seen for each other finer grouping; most keys have one row, and large reports very many keys. */
  others: Map<string, number> | null;
}

/** What tells the rows of one day apart. */
export function rowKey({ brandId, brand, campaignId, campaign, currency }: Dimension): string {
  return `${brandId ? `#${brandId}` : brand}\u0000${campaignId ? `#${campaignId}` : campaign}\u0000${currency}`;
}

/** A figure that only one of two rows has stays what it is, as it does when stored rows are added up. */
function addFigures(a: Figures, b: Figures): Figures {
  const sum: Record<string, number | bigint | null> = {};
  for (const field of countFields) sum[field] = addCounts(a[field], b[field]);
  for (const field of moneyFields) sum[field] = addMoney(a[field], b[field]);
  return sum as unknown as Figures;
}

function addCounts(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

function addMoney(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

function lacksOne(a: Figures, b: Figures): boolean {
  return [...countFields, ...moneyFields].some((field) => (a[field] === null) !== (b[field] === null));
}

/**
 * Makes one row of each key. Rows that differ in a finer grouping are added up; a row repeated cell by cell is dropped;
 * anything else could be counted twice or lost, and is refused.
 */
export function mergeSameKey(
  rows: readonly ReadRow[],
  isRepeated: (first: number, second: number) => boolean,
): { readonly rows: readonly SourceRow[]; readonly warnings: readonly RowWarning[] } {
  const merged = new Map<string, Merged>();
  const warnings: RowWarning[] = [];
  for (const { row, number, finer } of rows) {
    const key = `${row.day}\u0000${rowKey(row)}`;
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, { row, first: number, finer, others: null });
      continue;
    }
    const twin = finer === known.finer ? known.first : known.others?.get(finer);
    if (twin !== undefined) {
      if (!isRepeated(twin, number)) throw sameKeyTwice(twin, number);
      warnings.push({ row: number, reason: rowWarnings.repeated(twin) });
      continue;
    }
    if (lacksOne(known.row.figures, row.figures)) {
      warnings.push({ row: number, reason: rowWarnings.partSum(known.first) });
    }
    known.row = { ...known.row, figures: addFigures(known.row.figures, row.figures) };
    known.others ??= new Map();
    known.others.set(finer, number);
  }
  return { rows: [...merged.values()].map((entry) => entry.row), warnings };
}
