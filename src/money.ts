import { Big } from 'big.js';

/**
 * Money is kept as an integer number of 10^-scale of a currency. Everyday currencies have scale 4, coins scale 8:
 * the largest amount (and the largest sum) is then 9.2 × 10^14 rupiah or 9.2 × 10^10 bitcoin, the reach of a 64-bit integer.
 * Sources show at most the currency's own decimals; what is finer than the scale (a float's noise) is rounded half to even.
 */
const fiatScale = 4;
const coinScale = 8;
const largest = 2n ** 63n - 1n;

/** Decimals that a currency is written with (ISO 4217), where they are not 2. */
const exponents: Readonly<Record<string, number>> = {
  ...each('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF', 0),
  ...each('BHD IQD JOD KWD LYD OMR TND', 3),
  ...each('BTC ETH LTC BCH DOGE BNB SOL ADA XRP TRX TON XMR DASH', 8),
};

/** Coins pegged to a fiat currency are written with two decimals, as programmes show them, but kept at coin scale. */
const stableCoins = new Set(['USDT', 'USDC', 'DAI', 'BUSD', 'TUSD', 'EURC', 'EURT']);

function each(codes: string, exponent: number): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]));
}

/** Decimals a currency is shown with: EUR 2, JPY 0, KWD 3, BTC 8. */
export function exponentOf(currency: string): number {
  return exponents[currency] ?? 2;
}

/** Decimals a currency is kept with. */
export function scaleOf(currency: string): number {
  return exponentOf(currency) === coinScale || stableCoins.has(currency) ? coinScale : fiatScale;
}

/** A decimal text (`-1204.5`, no thousands marks) as scaled units, or `null` when it is not a number or out of reach. */
export function parseAmount(text: string, currency: string): bigint | null {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return null;
  const scaled = new Big(text.replace(/^\+/, '')).times(new Big(10).pow(scaleOf(currency)));
  const units = BigInt(scaled.round(0, Big.roundHalfEven).toFixed(0));
  return units > largest || units < -largest ? null : units;
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
