import type { FigureField } from '../figures.js';

/** What people call a figure, for headings. */
export const figureLabels: Readonly<Record<FigureField, string>> = {
  clicks: 'Clicks',
  registrations: 'Registrations',
  ftds: 'FTD',
  ftdAmount: 'FTD amount',
  deposits: 'Deposits',
  ngr: 'NGR',
  commission: 'Commission',
  depositors: 'Depositors',
  prequalified: 'Prequalified',
  qualified: 'Qualified',
  cpaIncome: 'CPA income',
};

/** Distinct within a row, so that a sum over days counts a player once for each day. */
const playerCounts: readonly FigureField[] = ['depositors', 'prequalified', 'qualified'];

/** The heading of a figure that is summed over several rows. */
export function summedLabel(field: FigureField): string {
  return playerCounts.includes(field) ? `${figureLabels[field]} (player-days)` : figureLabels[field];
}

/** Where a source names no currency, people read a word and not a code. */
export function currencyLabel(currency: string): string {
  return currency === 'N/A' || currency === '' ? 'no currency named' : currency;
}
