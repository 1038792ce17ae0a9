const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** A number spelled digit by digit: no reader should make a figure of it. */
export function inWords(number: string | number): string {
  return [...String(number)]
    .map((sign) => digits[Number(sign)] ?? (sign === '-' ? 'minus' : 'point'))
    .join(' ');
}
