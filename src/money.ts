import { Big } from 'big.js';

/**
 * Money is kept as an integer number of 10^-scale of a currency. Everyday currencies have scale 4, coins scale 8:
 * the largest amount (and the largest sum) is then 9.2 × 10^14 rupiah or 9.2 × 10^10 bitcoin, the reach of a 64-bit integer.
 * Sources show at most the currency's own decimals; what is finer than the scale (a float's noise) is rounded half to even.
 */
const fiatScale = 4;
const coinScale = 8;
const largest = 2n ** 63n - 1n;

/** No source writes an amount this long; BigInt and Big slow down on what is longer. */
const longestText = 100;

/** Decimals that a currency is written with (ISO 4217), where they are not 2. A Map, because codes come from outside. */
const exponents: ReadonlyMap<string, number> = new Map([
  ...each('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF', 0),
  ...each('BHD IQD JOD KWD LYD OMR TND', 3),
  ...each('BTC ETH LTC BCH DOGE BNB SOL ADA XRP TRX TON XMR DASH', 8),
  ...each('ETC ZEC XLM EOS DOT AVAX SHIB BSV', 8),
]);

/** Coins pegged to a fiat currency are written with two decimals, as programmes show them, but kept at coin scale. */
const stableCoins = new Set(['USDT', 'USDC', 'DAI', 'BUSD', 'TUSD', 'EURC', 'EURT']);

function each(codes: string, exponent: number): [string, number][] {
  return codes.split(' ').map((code) => [code, exponent]);
}

/** Decimals a currency is shown with: EUR 2, JPY 0, KWD 3, BTC 8. */
export function exponentOf(currency: string): number {
  return exponents.get(currency) ?? 2;
}

/** True where the decimals are known, so that an amount in cents can be read: codes like EUR, and the coins listed here. */
export function knowsExponent(currency: string): boolean {
  return exponents.has(currency) || stableCoins.has(currency) || /^[A-Z]{3}$/.test(currency);
}

/** Decimals a currency is kept with. */
export function scaleOf(currency: string): number {
  return exponentOf(currency) === coinScale || stableCoins.has(currency) ? coinScale : fiatScale;
}

/** A decimal text (`-1204.5`, no thousands marks) as scaled units, or `null` when it is not a number or out of reach. */
export function parseAmount(text: string, currency: string): bigint | null {
  if (text.length > longestText) return null;
  const scale = scaleOf(currency);
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const units = parts ? plainUnits(parts[2] ?? '', parts[3] ?? '', scale) : exponentUnits(text, scale);
  if (units === null || units > largest || units < -largest) return null;
  return parts?.[1] === '-' ? -units : units;
}

function plainUnits(whole: string, fraction: string, scale: number): bigint | null {
  if (whole === '' && fraction === '') return null;
  const digits = whole + fraction.slice(0, scale).padEnd(scale, '0');
  const units = digits.length <= 15 ? BigInt(Number(digits)) : BigInt(digits);
  return fraction.length > scale && roundsUp(fraction.slice(scale), units) ? units + 1n : units;
}

function roundsUp(rest: string, units: bigint): boolean {
  const first = rest.charAt(0);
  if (first !== '5') return first > '5';
  return /[1-9]/.test(rest.slice(1)) || units % 2n === 1n;
}

function exponentUnits(text: string, scale: number): bigint | null {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)e[+-]?\d{1,3}$/i.test(text)) return null;
  const scaled = new Big(text.replace(/^\+/, '')).times(new Big(10).pow(scale));
  return BigInt(scaled.round(0, Big.roundHalfEven).toFixed(0));
}

/** Scaled units as an exact decimal text with at least the currency's own decimals: `-1204.50`. */
export function amountText(units: bigint, currency: string): string {
  const scale = scaleOf(currency);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, -scale);
  const shown = exponentOf(currency);
  const fraction = digits.slice(-scale);
  const kept = fraction.slice(0, shown) + fraction.slice(shown).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${kept ? `.${kept}` : ''}`;
}

/** Scaled units for reading: thousands marked, the currency's own decimals, a true minus sign (`−1,204.00`). */
export function readableAmount(units: bigint, currency: string): string {
  const exact = new Big(amountText(units, currency));
  const rounded = exact.round(exponentOf(currency), Big.roundHalfUp).toFixed(exponentOf(currency));
  const [whole = '0', fraction] = rounded.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const zero = !/[1-9]/.test(rounded);
  return `${rounded.startsWith('-') && !zero ? '−' : ''}${grouped}${fraction ? `.${fraction}` : ''}`;
}

/** Scaled units as a number, for drawing only. */
export function approximateAmount(units: bigint, currency: string): number {
  return Number(units) / 10 ** scaleOf(currency);
}
