/** A decimal with nothing lost: `digits` × 10^-`places`. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** `-12.50`, `1e3`; `null` for anything else. */
export function readDecimal(text: string): Decimal | null {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts ?? [];
  if (!parts || whole + fraction === '') return null;
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const places = fraction.length - Number(power);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** Whole units of 10^-scale, the nearest, and the even one of two. */
export function toScale({ digits, places }: Decimal, scale: number): bigint {
  if (places <= scale) return digits * 10n ** BigInt(scale - places);
  const unit = 10n ** BigInt(places - scale);
  const size = digits < 0n ? -digits : digits;
  const low = size / unit;
  const twice = (size % unit) * 2n;
  const up = twice > unit || (twice === unit && low % 2n === 1n);
  return (up ? low + 1n : low) * (digits < 0n ? -1n : 1n);
}
