import type { FigureField } from '../src/figures.js';
import type { GroupKey, SumRow } from '../src/sync/figure-store.js';
import { toNumber } from './columns.js';
import { figuresIn } from './figure-columns.js';
import type { StoredQuery } from './sum-statements.js';

/** Sums of one group and currency, which is the last of the keys. `counts` where 0 and n/a must be told apart later. */
export interface Total {
  readonly fields: readonly FigureField[];
  readonly keys: readonly unknown[];
  readonly sums: (bigint | null)[];
  readonly counts: bigint[] | null;
}

/** Tells groups apart whatever is in their names. */
export function keyOf(keys: readonly unknown[]): string {
  return keys.map((key) => (typeof key === 'string' ? `${key.length}:${key}` : `${key}`)).join(' ');
}

/** The sums of a row, which begin at `start`. */
export function totalOf(
  keys: readonly unknown[],
  row: readonly unknown[],
  start: number,
  { fields, counted }: StoredQuery,
): Total {
  if (!counted) return { fields, keys, sums: row.slice(start) as (bigint | null)[], counts: null };
  const sums = fields.map((_, index) => row[start + index * 2] as bigint | null);
  const counts = fields.map((_, index) => row[start + index * 2 + 1] as bigint);
  return { fields, keys, sums, counts };
}

/** False for a group of which nothing is left after changes were taken back. */
export function isThere({ counts }: Total): boolean {
  return counts?.some((count) => count > 0n) ?? true;
}

/** One total a group, of groups that were summed in several statements. */
export function merged(totals: readonly Total[]): Map<string, Total> {
  const byKey = new Map<string, Total>();
  for (const total of totals) {
    const key = keyOf(total.keys);
    const known = byKey.get(key);
    byKey.set(key, known ? added(known, total) : total);
  }
  return byKey;
}

function added(one: Total, other: Total): Total {
  const sums = one.sums.map((sum, index) => {
    const more = other.sums[index] ?? null;
    return sum === null || more === null ? (sum ?? more) : sum + more;
  });
  const counts = one.counts?.map((count, index) => count + (other.counts?.[index] ?? 0n)) ?? null;
  return { ...one, sums, counts };
}

/** A total that may be changed, whoever else holds the one it was made from. */
export function copyOf(
  total: Total | undefined,
  keys: readonly unknown[],
  fields: readonly FigureField[],
): Total & { readonly counts: bigint[] } {
  const sums = total ? [...total.sums] : fields.map(() => null);
  return { fields, keys, sums, counts: [...(total?.counts ?? fields.map(() => 0n))] };
}

/** Offers by their number, days and names by the alphabet, in the order of the keys. */
export function compareTotals({ keys: one }: Total, { keys: other }: Total): number {
  for (let index = 0; index < one.length; index += 1) {
    const [a, b] = [one[index] as bigint | string, other[index] as bigint | string];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** Makes rows of totals; a figure of which there is no value is n/a and not 0. */
export function toRow(by: readonly GroupKey[], fields: readonly FigureField[]): (total: Total) => SumRow {
  const places = {
    day: by.indexOf('day'),
    month: by.indexOf('month'),
    offer: by.indexOf('offer'),
    brand: by.indexOf('brand'),
    campaign: by.indexOf('campaign'),
  };
  const figures = figuresIn(fields);
  return (total) => {
    const { keys, sums, counts } = total;
    const text = (place: number) => (place < 0 ? null : (keys[place] as string));
    const known = counts === null ? sums : sums.map((sum, index) => (counts[index] === 0n ? null : sum));
    const values =
      total.fields.length === fields.length
        ? known
        : fields.map((field) => known[total.fields.indexOf(field)] ?? null);
    return {
      day: text(places.day),
      month: text(places.month),
      offerId: places.offer < 0 ? null : toNumber(keys[places.offer] as bigint),
      brand: text(places.brand),
      campaign: text(places.campaign),
      currency: keys[by.length] as string,
      figures: figures(values),
    };
  };
}
