/** What a text of figures is made of, before its marks are understood. */
export interface NumberText {
  readonly negative: boolean;
  /** Digits with their marks: `1.234,56`, `1 234`. */
  readonly body: string;
  /** The currency sign or code beside the digits, `''` where there is none. */
  readonly currency: string;
}

/** What one number proves about the decimal mark: it is a dot, a comma, it has none, or it may be read in two ways. */
export type MarkProof = '.' | ',' | 'none' | 'open' | 'wrong';

const longest = 60;
const hidden = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const money = String.raw`(?:[A-Za-z]{0,3}\p{Sc}|[A-Z]{3,5})`;
const minus = '[-−–]';
const figure = new RegExp(
  String.raw`^(${money})?\s*(${minus}|\+)?\s*(${money})?\s*([\d.,][\d.,'’\s]*)(?<!\s)\s*(${money})?\s*(${minus})?$`,
  'u',
);
const exponent = /^([+-])?(\d{1,20}(?:\.\d{1,20})?)e([+-]?\d{1,2})$/i;

/** Takes the sign, the brackets of a negative and the currency off; `null` for what is no number. */
export function readNumberText(text: string): NumberText | null {
  if (text.length > longest) return null;
  const clean = text.replace(hidden, '').trim();
  const inside = /^\(([^()]*)\)$/.exec(clean)?.[1];
  const parts = figure.exec((inside ?? clean).trim());
  if (!parts || !/\d/.test(parts[4] ?? '')) return null;
  const signs = [parts[2], parts[6], inside].filter((sign) => sign !== undefined);
  const currencies = [parts[1], parts[3], parts[5]].filter((found) => found !== undefined);
  if (signs.length > 1 || currencies.length > 1) return null;
  const negative = signs.length === 1 && signs[0] !== '+';
  return { negative, body: (parts[4] ?? '').trim(), currency: currencies[0] ?? '' };
}

/** `1.2E7`, as programs write large floats: exact, and always with a dot. */
export function isExponentText(text: string): boolean {
  return exponent.test(text);
}

/** `1,234` can be a thousand or a bit more than one; `0,123`, `1234,567` and `1,5` cannot. */
export function proofOf(body: string): MarkProof {
  const dots = body.split('.').length - 1;
  const commas = body.split(',').length - 1;
  if (dots === 0 && commas === 0) return 'none';
  if (dots > 0 && commas > 0) return body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ',';
  const mark = dots > 0 ? '.' : ',';
  if (dots + commas > 1) return mark === '.' ? ',' : '.';
  const [before = '', after = ''] = body.split(mark);
  if (/[\s'’]/.test(after)) return 'wrong';
  if (/[\s'’]/.test(before) || after.length !== 3) return mark;
  return before.length > 3 || before === '' || before.startsWith('0') ? mark : 'open';
}

const grouped = /^\d{1,3}(?:([ ,.’])\d{3})(?:\1\d{3})*$/;
/** Lakhs and crores: 12,34,567. */
const indian = /^\d{1,2}(?:,\d{2})+,\d{3}$/;

/** A plain decimal (`-1234.56`) once the decimal mark is known; `null` where the marks do not stand as they should. */
export function plainDecimal(number: NumberText, mark: '.' | ','): string | null {
  const body = number.body.replace(/\s/g, ' ').replace(/'/g, '’');
  const parts = body.split(mark);
  const [whole = '', fraction] = parts;
  if (parts.length > 2 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  const startsBare = whole === '' && fraction !== undefined;
  if (!startsBare && !/^\d+$/.test(whole) && !grouped.test(whole) && !indian.test(whole)) return null;
  const digits = whole.replace(/\D/g, '') || '0';
  return `${number.negative ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
}
