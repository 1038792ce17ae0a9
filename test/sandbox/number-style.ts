/** How an export writes numbers. `signed` puts the currency in front. */
export type NumberStyle = 'plain' | 'comma-thousands' | 'space-comma' | 'dot-comma' | 'signed';

const marks: Readonly<Record<NumberStyle, readonly [thousands: string, decimal: string]>> = {
  plain: ['', '.'],
  'comma-thousands': [',', '.'],
  // A no-break space, as spreadsheets write it.
  'space-comma': ['\u00a0', ','],
  'dot-comma': ['.', ','],
  signed: [',', '.'],
};

const signs: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£', JPY: '¥' };

/** A decimal text in a style: `-1234.5` → `-1,234.5`. */
export function writeNumber(text: string, style: NumberStyle): string {
  const [thousands, decimal] = marks[style];
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
}

/** An amount: as a number, with the currency's sign or code where the style wants it (`-€1,204.00`). */
export function writeAmount(text: string, currency: string, style: NumberStyle): string {
  const number = writeNumber(text, style);
  if (style !== 'signed') return number;
  const sign = signs[currency] ?? `${currency} `;
  return number.startsWith('-') ? `-${sign}${number.slice(1)}` : `${sign}${number}`;
}
