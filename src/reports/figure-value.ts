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
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0n);
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
