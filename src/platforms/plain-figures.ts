import { exponentOf, parseAmount } from '../money.js';

const blanks = new Set(['', '-', '–', '—', '−', 'n/a', 'na', 'null', 'none', 'nil']);

/** Texts that stand for "not available". */
export function isBlank(text: string): boolean {
  return text.length <= 4 && blanks.has(text.toLowerCase());
}

/** A whole number from a number or a plain decimal text (`12`, `12.0`); `undefined` when it is none. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : undefined;
  if (typeof value !== 'string' || !/^[+-]?\d+(\.0*)?$/.test(value)) return undefined;
  const count = Number(value);
  return Number.isSafeInteger(count) ? count + 0 : undefined;
}

/**
 * An amount from a number or a plain decimal text; `undefined` when it is none.
 * A JSON number so large that its last decimals are already lost is refused.
 */
export function amountOf(value: unknown, currency: string): bigint | undefined {
  if (typeof value === 'string') return parseAmount(value, currency) ?? undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (Math.abs(value) * 10 ** exponentOf(currency) > Number.MAX_SAFE_INTEGER) return undefined;
  return parseAmount(String(value), currency) ?? undefined;
}
