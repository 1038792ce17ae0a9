import type { Day } from '../../src/dates.js';
import { randomFrom } from './random.js';

/** Decimals where they are not 2. Kept apart from `src/money.ts`, so that a mistake there shows. */
const decimals: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, KWD: 3, BTC: 8, ETH: 8 };

/** What one unit is worth on an ordinary day, in 10^-8 euro. */
const worth: Readonly<Record<string, bigint>> = {
  EUR: 100_000_000n,
  USD: 92_000_000n,
  USDT: 92_000_000n,
  GBP: 117_000_000n,
  CAD: 67_000_000n,
  SEK: 8_800_000n,
  INR: 1_050_000n,
  IDR: 5_600n,
  JPY: 610_000n,
  KWD: 300_000_000n,
  BTC: 6_000_000_000_000n,
  ETH: 250_000_000_000n,
};

export function decimalsOf(currency: string): number {
  return decimals[currency] ?? 2;
}

/** Roughly how many units of `currency` a euro buys: sizes the made-up figures. */
export function unitsPerEuro(currency: string): number {
  return 100_000_000 / Number(worth[currency] ?? 100_000_000n);
}

/** Exact decimal text as smallest units; throws when it is finer than the currency. */
export function toUnits(text: string, currency: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > decimalsOf(currency)) throw new Error(`not ${currency}: ${text}`);
  const units = BigInt(`${match[2] ?? ''}${fraction.padEnd(decimalsOf(currency), '0')}`);
  return match[1] === '-' ? -units : units;
}

/** Smallest units as decimal text with exactly the currency's decimals. */
export function fromUnits(units: bigint, currency: string): string {
  const places = decimalsOf(currency);
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const sign = units < 0n ? '-' : '';
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
}

/** Divides and rounds halves away from zero. */
export function divide(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return dividend < 0n ? -((-dividend + half) / divisor) : (dividend + half) / divisor;
}

function worthOn(currency: string, day: Day): bigint | null {
  const usual = worth[currency];
  if (usual === undefined || currency === 'EUR') return usual ?? null;
  return (usual * BigInt(randomFrom('rate', currency, day).whole(9_800, 10_200))) / 10_000n;
}

/** True where the programme has an exchange rate: not for `N/A`. */
export function hasRate(currency: string): boolean {
  return worth[currency] !== undefined;
}

/** An amount in another currency at the rates of a day. */
export function convertAmount(text: string, from: string, to: string, day: Day): string {
  const source = worthOn(from, day);
  const target = worthOn(to, day);
  if (source === null || target === null) throw new Error(`no rate from ${from} to ${to}`);
  const scaled = toUnits(text, from) * 10n ** BigInt(decimalsOf(to)) * source;
  return fromUnits(divide(scaled, 10n ** BigInt(decimalsOf(from)) * target), to);
}
