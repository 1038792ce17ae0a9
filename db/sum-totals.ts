import type { FigureField } from '../src/figures.js';
import type { SumRow } from '../src/sync/figure-store.js';
import { toNumber } from './columns.js';
import { figuresIn } from './figure-columns.js';
import type { StoredQuery } from './sum-statements.js';

/**
 * Sums of one group and currency, laid out as the statements give them: the keys, the currency, a sum for each field; and
 * a count for each field where 0 and n/a must be told apart later.
 */
export type Total = unknown[];

/** The place of the currency; the sums come after it. */
export function currencyPlace({ by }: Pick<StoredQuery, 'by'>): number {
  return by.length;
}

/** The group and the currency of a row, told apart from others whatever is in their names. */
export function keyOf(row: readonly unknown[], query: StoredQuery): string {
  return row
    .slice(0, currencyPlace(query) + 1)
    .map((key) => (typeof key === 'string' ? `${key.length}:${key}` : `${key}`))
    .join(' ');
}

/** False for a group of which nothing is left after changes were taken back. */
export function isThere(query: StoredQuery): (total: Total) => boolean {
  const first = currencyPlace(query) + 1 + query.fields.length;
  return (total) => total.slice(first).some((count) => (count as bigint) > 0n);
}

/**
 * Offers by their number, days and names by the alphabet, in the order of the keys; one total a group, of groups that were
 * summed in several parts.
 */
export function inOrder(totals: readonly Total[], query: StoredQuery): Total[] {
  const compare = compareTotals(query);
  const ordered: Total[] = [];
  for (const total of totals.toSorted(compare)) {
    const before = ordered.at(-1);
    if (before && compare(before, total) === 0) ordered[ordered.length - 1] = added(before, total, query);
    else ordered.push(total);
  }
  return ordered;
}

function added(one: Total, other: Total, query: StoredQuery): Total {
  const last = currencyPlace(query);
  return one.map((value, place) => {
    if (place <= last) return value;
    const [sum, more] = [value as bigint | null, other[place] as bigint | null];
    return sum === null || more === null ? (sum ?? more) : sum + more;
  });
}

/** A group of which nothing is stored. */
export function emptyTotal(keys: readonly unknown[], { fields }: StoredQuery): Total {
  return [...keys, ...fields.map(() => null), ...fields.map(() => 0n)];
}

function compareTotals(query: StoredQuery): (one: Total, other: Total) => number {
  const last = currencyPlace(query);
  return (one, other) => {
    for (let place = 0; place <= last; place += 1) {
      const [a, b] = [one[place] as bigint | string, other[place] as bigint | string];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  };
}

/** Makes rows of totals with the figures that are wanted; one of which there is no value is n/a and not 0. */
export function toRow(query: StoredQuery, wanted: readonly FigureField[]): (total: Total) => SumRow {
  const { by, fields, counted } = query;
  const places = {
    day: by.indexOf('day'),
    month: by.indexOf('month'),
    offer: by.indexOf('offer'),
    brand: by.indexOf('brand'),
    campaign: by.indexOf('campaign'),
    currency: currencyPlace(query),
  };
  const shown = fields.map((field) => (wanted.includes(field) ? field : null));
  const figures = figuresIn(shown, places.currency + 1);
  return (total) => ({
    day: textAt(total, places.day),
    month: textAt(total, places.month),
    offerId: places.offer < 0 ? null : toNumber(total[places.offer] as bigint),
    brand: textAt(total, places.brand),
    campaign: textAt(total, places.campaign),
    currency: total[places.currency] as string,
    figures: figures((counted ? withoutEmpty(total, query) : total) as (bigint | null)[]),
  });
}

function textAt(total: Total, place: number): string | null {
  return place < 0 ? null : (total[place] as string);
}

function withoutEmpty(total: Total, query: StoredQuery): Total {
  const [last, count] = [currencyPlace(query), query.fields.length];
  return total.map((value, place) => (place > last && total[place + count] === 0n ? null : value));
}
