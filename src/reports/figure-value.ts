import { type FigureField, type Figures, isMoneyField } from '../figures.js';
import { readableAmount } from '../money.js';

/** One figure as a whole number: a count, or money in scaled units. `null` is "n/a". */
export type FigureValue = bigint | null;

export function figureValue(figures: Figures, field: FigureField): FigureValue {
  const value = figures[field];
  return typeof value === 'number' ? BigInt(value) : value;
}

/** `null` only when every part is: what is not available adds nothing, and alone it is not zero. */
export function sumValues(values: readonly FigureValue[]): FigureValue {
  let sum: FigureValue = null;
  for (const value of values) if (value !== null) sum = sum === null ? value : sum + value;
  return sum;
}

/** The same of one figure. Counts are added up as they are, which is faster, unless that would round. */
export function sumFigure(rows: readonly { readonly figures: Figures }[], field: FigureField): FigureValue {
  let count: number | null = null;
  let amount: bigint | null = null;
  for (const { figures } of rows) {
    const value = figures[field];
    if (typeof value === 'number') count = (count ?? 0) + value;
    else if (value !== null) amount = amount === null ? value : amount + value;
  }
  if (count === null) return amount;
  return Number.isSafeInteger(count)
    ? BigInt(count)
    : sumValues(rows.map(({ figures }) => figureValue(figures, field)));
}

export function readableValue(value: FigureValue, field: FigureField, currency: string): string {
  if (value === null) return 'n/a';
  return isMoneyField(field) ? readableAmount(value, currency) : readableCount(value);
}

/** `1,204` or `−3`. */
export function readableCount(count: bigint | number): string {
  const digits = (count < 0 ? -count : count).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return count < 0 ? `−${digits}` : digits;
}

/** With its sign, `+6`, `−2`, `+210.40`; no sign at zero. */
export function signedValue(value: bigint, field: FigureField, currency: string): string {
  return `${value > 0n ? '+' : ''}${readableValue(value, field, currency)}`;
}

/** To the nearest whole number, halves away from zero. `divisor` is positive. */
export function divideRounded(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return value < 0n ? -((-value + half) / divisor) : (value + half) / divisor;
}
