import type { FigureField } from '../figures.js';
import { isMoneyField } from '../figures.js';
import { exponentOf, readableAmount, scaleOf } from '../money.js';
import { divideRounded, type FigureValue, readableCount } from '../reports/figure-value.js';

/** A mean is kept in twelfths, exact for one to four weeks; so sums of means over days and offers are exact too. */
const parts = 12n;

/** What is usual: the mean of up to four comparable days, or a sum of such means. */
export interface Usual {
  readonly twelfths: bigint;
  /** True when a day in it had no reading of the same age, so that its final figure was taken. */
  readonly hasFinal: boolean;
}

/** A comparable day, as it stood at the age asked for or as it stands now. */
export interface Sample {
  readonly age: 'same' | 'final';
}

export function usualOf<S extends Sample>(
  samples: readonly S[],
  figure: (sample: S) => FigureValue,
): Usual | null {
  let [sum, known, hasFinal] = [0n, 0n, false];
  for (const sample of samples) {
    const value = figure(sample);
    if (value === null) continue;
    sum += value;
    known += 1n;
    hasFinal ||= sample.age === 'final';
  }
  return known === 0n ? null : { twelfths: (sum * parts) / known, hasFinal };
}

export function addUsuals(usuals: readonly Usual[]): Usual | null {
  if (usuals.length === 0) return null;
  return {
    twelfths: usuals.reduce((sum, usual) => sum + usual.twelfths, 0n),
    hasFinal: usuals.some((usual) => usual.hasFinal),
  };
}

/** The usual as a whole count or as scaled units. */
export function roundedUsual(usual: Usual): bigint {
  return divideRounded(usual.twelfths, parts);
}

/** From here on a difference is told in per cent; below, `+6` says more than `+40%`. */
const largeCount = 100n;

/** `+6`, `−12%` or `as usual`; money always as a difference, since NGR may be negative. */
export function differenceText(value: bigint, usual: Usual, field: FigureField, currency: string): string {
  const difference = value * parts - usual.twelfths;
  if (isMoneyField(field)) {
    const units = roundForReading(divideRounded(difference, parts), currency);
    return units === 0n ? 'as usual' : withSign(units, readableRounded(units, currency));
  }
  if (usual.twelfths < largeCount * parts) {
    const count = divideRounded(difference, parts);
    return count === 0n ? 'as usual' : withSign(count, readableCount(count));
  }
  const percent = divideRounded(difference * 100n, usual.twelfths);
  return percent === 0n ? 'as usual' : `${withSign(percent, readableCount(percent))}%`;
}

/** The usual itself, without decimals that nobody needs: `13,500`, `2.3` for a small count, all decimals for small money. */
export function usualText(usual: Usual, field: FigureField, currency: string): string {
  if (isMoneyField(field)) return readableRounded(roundForReading(roundedUsual(usual), currency), currency);
  if (usual.twelfths % parts === 0n || usual.twelfths >= 10n * parts)
    return readableCount(roundedUsual(usual));
  return (Number(usual.twelfths) / Number(parts)).toFixed(1);
}

function withSign(value: bigint, text: string): string {
  return value > 0n ? `+${text}` : text;
}

function isLarge(units: bigint, currency: string): boolean {
  const whole = 10n ** BigInt(scaleOf(currency));
  return units >= 100n * whole || units <= -100n * whole;
}

function roundForReading(units: bigint, currency: string): bigint {
  const whole = 10n ** BigInt(scaleOf(currency));
  return isLarge(units, currency) ? divideRounded(units, whole) * whole : units;
}

function readableRounded(units: bigint, currency: string): string {
  const text = readableAmount(units, currency);
  return isLarge(units, currency) && exponentOf(currency) > 0 ? text.replace(/\.0+$/, '') : text;
}
