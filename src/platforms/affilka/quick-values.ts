const quote = 0x22;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;

/** Digits that a number holds exactly. */
const mostDigits = 15;

/** The end of the plain value (a number, `null`, a text without escapes) that begins at `start`; −1 for any other. */
export function endOfValue(bytes: Uint8Array, start: number): number {
  let at = start;
  if (bytes[at] === quote) {
    for (at += 1; bytes[at] !== quote; at += 1) {
      const code = bytes[at] ?? 0;
      if (code < 0x20 || code === 0x5c) return -1;
    }
    return at + 1;
  }
  if (isNull(bytes, at)) return at + 4;
  if (bytes[at] === minus) at += 1;
  const whole = at;
  while (isDigit(bytes[at])) at += 1;
  if (at === whole || (bytes[whole] === zero && at > whole + 1)) return -1;
  if (bytes[at] !== point) return at;
  const fraction = at + 1;
  for (at = fraction; isDigit(bytes[at]); ) at += 1;
  return at === fraction ? -1 : at;
}

/**
 * A bare or quoted decimal as units of 10^-scale, exact: no more decimals than the scale, and within 15 digits.
 * `undefined` stands for everything that is not as plain: the careful reader decides about it.
 */
export function plainUnits(bytes: Uint8Array, start: number, end: number, scale: number): number | undefined {
  const isQuoted = bytes[start] === quote;
  return digitsOf(bytes, isQuoted ? start + 1 : start, isQuoted ? end - 1 : end, scale);
}

function digitsOf(bytes: Uint8Array, start: number, end: number, scale: number): number | undefined {
  let at = bytes[start] === minus ? start + 1 : start;
  const isNegative = at > start;
  const whole = at;
  let units = 0;
  for (; at < end && isDigit(bytes[at]); at += 1) units = units * 10 + (bytes[at] ?? 0) - zero;
  if (at === whole || at - whole + scale > mostDigits) return undefined;
  let missing = scale;
  if (at < end) {
    if (bytes[at] !== point || at + 1 === end) return undefined;
    for (at += 1; at < end; at += 1, missing -= 1) {
      if (missing === 0 || !isDigit(bytes[at])) return undefined;
      units = units * 10 + (bytes[at] ?? 0) - zero;
    }
  }
  for (; missing > 0; missing -= 1) units *= 10;
  return isNegative ? 0 - units : units;
}

export function isNull(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x6e && bytes[at + 1] === 0x75 && bytes[at + 2] === 0x6c && bytes[at + 3] === 0x6c;
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}

export function sameBytes(
  bytes: Buffer,
  from: number,
  to: number,
  otherFrom: number,
  otherTo: number,
): boolean {
  if (to - from !== otherTo - otherFrom) return false;
  for (let at = from, other = otherFrom; at < to; at += 1, other += 1) {
    if (bytes[at] !== bytes[other]) return false;
  }
  return true;
}
