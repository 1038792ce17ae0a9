import { exponentOf, knowsExponent, parseAmount, scaleOf } from '../../money.js';
import { badCell, otherCurrency, unknownCents } from '../../problems/unreadable-report.js';
import { currencyCode, noCurrency } from '../currency-code.js';
import { amountOf, isBlank } from '../plain-figures.js';

interface MoneyCell {
  readonly currency?: unknown;
  readonly amount?: unknown;
  readonly amount_cents?: unknown;
}

const moneyKeys = ['amount', 'amount_cents'];

export function isMoneyObject(value: unknown): value is MoneyCell {
  return typeof value === 'object' && value !== null && moneyKeys.some((key) => Object.hasOwn(value, key));
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && isBlank(value.trim()));
}

/** The currency that a money object names, or `null`. */
export function currencyOfMoney(value: unknown, row: number, column: string): string | null {
  if (!isMoneyObject(value)) return null;
  const code = currencyCode(value.currency);
  if (code === undefined) throw badCell(row, column, value.currency, 'a currency');
  return code === noCurrency ? null : code;
}

/** Cents (`"41711.0"`) by the currency's own decimals. */
function fromCents(value: unknown, currency: string, row: number, column: string): bigint {
  if (!knowsExponent(currency)) throw unknownCents(row, column, currency);
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  const cents = /^([+-]?\d{1,30})(?:\.0*)?$/.exec(text)?.[1];
  const unsafe = typeof value === 'number' && !Number.isSafeInteger(value);
  if (cents === undefined || unsafe) throw badCell(row, column, value, 'a whole number of cents');
  const units = BigInt(cents.replace('+', '')) * 10n ** BigInt(scaleOf(currency) - exponentOf(currency));
  if (BigInt.asIntN(64, units) !== units) throw badCell(row, column, value, 'an amount within reach');
  return units;
}

function plainAmount(value: unknown, currency: string, row: number, column: string): bigint {
  const amount = amountOf(typeof value === 'string' ? value.trim() : value, currency);
  if (amount === undefined) throw badCell(row, column, value, 'an amount');
  return amount;
}

/** An amount in the row's currency from an object, a number or a text; `null` where the source gives none. */
export function moneyOf(value: unknown, currency: string, row: number, column: string): bigint | null {
  if (typeof value === 'string') {
    const fast = parseAmount(value, currency);
    if (fast !== null) return fast;
  }
  if (isNothing(value)) return null;
  if (!isMoneyObject(value)) return plainAmount(value, currency, row, column);
  const cents = isNothing(value.amount);
  if (cents && isNothing(value.amount_cents)) return null;
  const own = currencyOfMoney(value, row, column) ?? currency;
  const amount = cents
    ? fromCents(value.amount_cents, own, row, column)
    : plainAmount(value.amount, own, row, column);
  // A row of `N/A` has no money; programmes put zeros of their main currency there.
  if (own !== currency && !(currency === noCurrency && amount === 0n)) {
    throw otherCurrency(row, column, own, currency);
  }
  return amount;
}
