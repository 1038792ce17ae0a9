import type { Day } from '../../src/dates.js';
import type { CountField, Dimension, MoneyField } from '../../src/figures.js';

/** Counts as numbers, money as exact text with the currency's own decimals; `null` is "n/a". */
export type BookFigures = { readonly [F in CountField]: number | null } & {
  readonly [F in MoneyField]: string | null;
};

/** One line of the programme's books; keys that a report is not split by are empty. */
export interface BookRow extends Dimension {
  readonly day: Day;
  readonly figures: BookFigures;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** By day, brand, campaign and currency, as plain text. */
export function sortRows(rows: readonly BookRow[]): BookRow[] {
  return [...rows].sort(
    (one, other) =>
      compare(one.day, other.day) ||
      compare(one.brandId, other.brandId) ||
      compare(one.campaignId, other.campaignId) ||
      compare(one.currency, other.currency),
  );
}
