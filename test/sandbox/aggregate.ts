import type { Day } from '../../src/dates.js';
import { countFields, moneyFields } from '../../src/figures.js';
import type { BookFigures, BookRow } from './book-row.js';
import { convertAmount, fromUnits, hasRate, toUnits } from './currencies.js';

export type Grouping = 'day' | 'month' | 'brand' | 'campaign';

function addCounts(one: number | null, other: number | null): number | null {
  return one === null ? other : one + (other ?? 0);
}

function addMoney(one: string | null, other: string | null, currency: string): string | null {
  if (one === null || other === null) return one ?? other;
  return fromUnits(toUnits(one, currency) + toUnits(other, currency), currency);
}

function addFigures(one: BookFigures, other: BookFigures, currency: string): BookFigures {
  const counts = countFields.map((field) => [field, addCounts(one[field], other[field])]);
  const money = moneyFields.map((field) => [field, addMoney(one[field], other[field], currency)]);
  return Object.fromEntries([...counts, ...money]);
}

function dayOf(day: Day, by: ReadonlySet<Grouping>): Day {
  if (by.has('day')) return day;
  return by.has('month') ? `${day.slice(0, 7)}-01` : '';
}

/** Sums the rows per group and currency; keys not grouped by become empty. */
export function aggregate(rows: readonly BookRow[], by: ReadonlySet<Grouping>): BookRow[] {
  const groups = new Map<string, BookRow>();
  for (const row of rows) {
    const named = {
      day: dayOf(row.day, by),
      brandId: by.has('brand') ? row.brandId : '',
      brand: by.has('brand') ? row.brand : '',
      campaignId: by.has('campaign') ? row.campaignId : '',
      campaign: by.has('campaign') ? row.campaign : '',
      currency: row.currency,
    };
    const key = JSON.stringify([named.day, named.brandId, named.campaignId, named.currency]);
    const before = groups.get(key);
    const figures = before ? addFigures(before.figures, row.figures, row.currency) : row.figures;
    groups.set(key, { ...named, figures });
  }
  return [...groups.values()];
}

/** Every row in one currency, at the rates of a day; rows without a rate stay as they are. */
export function convertRows(rows: readonly BookRow[], currency: string, ratesDay: Day): BookRow[] {
  return rows.map((row) => {
    if (row.currency === currency || !hasRate(row.currency)) return row;
    const money = moneyFields.map((field) => {
      const amount = row.figures[field];
      return [field, amount === null ? null : convertAmount(amount, row.currency, currency, ratesDay)];
    });
    return { ...row, currency, figures: { ...row.figures, ...Object.fromEntries(money) } };
  });
}
