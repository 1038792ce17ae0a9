import type { Day } from './dates.js';

export const countFields = [
  'clicks',
  'registrations',
  'ftds',
  'depositors',
  'prequalified',
  'qualified',
] as const;
export const moneyFields = ['ftdAmount', 'deposits', 'ngr', 'commission', 'cpaIncome'] as const;

export type CountField = (typeof countFields)[number];
export type MoneyField = (typeof moneyFields)[number];
export type FigureField = CountField | MoneyField;

/** All fields, in the order people read them. */
export const figureFields = [
  'clicks',
  'registrations',
  'ftds',
  'ftdAmount',
  'deposits',
  'ngr',
  'commission',
  'depositors',
  'prequalified',
  'qualified',
  'cpaIncome',
] as const satisfies readonly FigureField[];

/**
 * One set of figures. Counts are whole numbers; money is a scaled integer (see `money.ts`: the scale depends on the currency).
 * `null` means that the source does not give this figure ("n/a"); it is never the same as 0.
 */
export type Figures = { readonly [F in CountField]: number | null } & {
  readonly [F in MoneyField]: bigint | null;
};

/** What tells rows of one day apart. Empty ids mean that the report is not split by it. */
export interface Dimension {
  readonly brandId: string;
  readonly brand: string;
  readonly campaignId: string;
  readonly campaign: string;
  /** ISO code, a coin such as `USDT`, or `N/A` where the source names none. */
  readonly currency: string;
}

/** One day × brand × campaign × currency. */
export interface SourceRow extends Dimension {
  readonly day: Day;
  readonly figures: Figures;
}

/** The key of a dimension inside one offer: ids where there are any, else names. */
export function dimensionKey(dimension: Dimension): string {
  const brand = dimension.brandId || `name:${dimension.brand}`;
  const campaign = dimension.campaignId || `name:${dimension.campaign}`;
  const { currency } = dimension;
  const texts = `${brand}${campaign}${currency}`;
  // What has nothing to escape reads the same without the price of JSON.stringify: this is asked for each row.
  if (plainText.test(texts)) return `["${brand}","${campaign}","${currency}"]`;
  return JSON.stringify([brand, campaign, currency]);
}

const plainText = /^[\w :.,/&()+-]*$/;

export function isMoneyField(field: FigureField): field is MoneyField {
  return (moneyFields as readonly string[]).includes(field);
}
