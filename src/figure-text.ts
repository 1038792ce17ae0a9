import { type FigureField, type Figures, figureFields, isMoneyField } from './figures.js';
import { readableAmount } from './money.js';

/** Headings that people read, in the trade's words. */
export const fieldLabels: Readonly<Record<FigureField, string>> = {
  clicks: 'Clicks',
  registrations: 'Regs',
  ftds: 'FTD',
  ftdAmount: 'FTD amount',
  deposits: 'Deposits',
  ngr: 'NGR',
  commission: 'Commission',
  depositors: 'Depositors',
  prequalified: 'Prequalified',
  qualified: 'Qualified',
  cpaIncome: 'CPA',
};

export const noFigures: Figures = {
  clicks: null,
  registrations: null,
  ftds: null,
  ftdAmount: null,
  deposits: null,
  ngr: null,
  commission: null,
  depositors: null,
  prequalified: null,
  qualified: null,
  cpaIncome: null,
};

/** Adds two sets of figures of one currency; `null` stays `null` only where neither has the figure. */
export function addFigures(one: Figures, other: Figures): Figures {
  const entries = figureFields.map((field) => [field, addValues(one[field], other[field])]);
  return Object.fromEntries(entries) as unknown as Figures;
}

function addValues(one: number | bigint | null, other: number | bigint | null): number | bigint | null {
  if (one === null) return other;
  if (other === null) return one;
  return typeof one === 'bigint' ? one + BigInt(other) : one + Number(other);
}

/** One figure for reading: `1,204`, `−1,204.00`, `n/a`. */
export function readableFigure(figures: Figures, field: FigureField, currency: string): string {
  const value = figures[field];
  if (value === null) return 'n/a';
  return isMoneyField(field) ? readableAmount(BigInt(value), currency) : readableCount(Number(value));
}

export function readableCount(count: number): string {
  const grouped = String(Math.abs(count)).replace(/\B(?=(\d{3})+$)/g, ',');
  return count < 0 ? `−${grouped}` : grouped;
}
