import { parseAmount } from '../../money.js';
import { badCell, otherCurrency, unclearNumber } from '../../problems/unreadable-report.js';
import { noCurrency } from '../currency-code.js';
import { isBlank, wholeNumber } from '../plain-figures.js';
import { currencyOfSign, isSharedSign } from './currency-sign.js';
import { isExponentText, type NumberText, plainDecimal, proofOf, readNumberText } from './number-text.js';
import { type Cell, cellText, cellValue, isExact } from './table.js';

/** What is needed to read the figures of a file. */
export interface FigureContext {
  /** The decimal mark that the file proves; `either` where it parts no thousands. */
  readonly mark: '.' | ',' | 'either' | null;
  /** The decimal mark that its kind suggests. */
  readonly usualMark: '.' | null;
  /** Notes a currency sign beside a number; the same file must not hold two. */
  readonly noteSign: (sign: string, row: number, column: string) => void;
}

interface Place {
  readonly row: number;
  readonly column: string;
  readonly currency: string;
}

/** `1234`, `-12.5`, `0.123`: nothing to interpret, whatever the marks of the file are. */
const plain = /^-?(?:\d+|\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+)$/;

function checkSign(sign: string, place: Place, context: FigureContext): void {
  const code = currencyOfSign(sign);
  if (code === undefined) throw badCell(place.row, place.column, sign, 'a figure');
  context.noteSign(code, place.row, place.column);
  const { currency } = place;
  if (currency === noCurrency || code === currency || isSharedSign(code, currency)) return;
  throw otherCurrency(place.row, place.column, code, currency);
}

/** The decimal mark to read one number by; a number that can be read in two ways needs proof. */
function markFor(number: NumberText, place: Place, found: string, context: FigureContext): '.' | ',' {
  const proof = proofOf(number.body);
  if (proof === 'none') return '.';
  if (proof !== 'open') return proof === 'wrong' ? '.' : proof;
  const suggested = number.body.includes('.') ? context.usualMark : null;
  const own = number.body.includes('.') ? '.' : ',';
  const mark = context.mark === 'either' ? own : (context.mark ?? suggested);
  if (mark === null) throw unclearNumber(place.row, place.column, found);
  return mark;
}

/** A figure as a plain decimal text, `null` where the cell says that there is none. Only amounts carry a currency. */
function decimalOf(
  cell: Cell | undefined,
  place: Place,
  context: FigureContext,
  isMoney: boolean,
): string | null {
  if (isExact(cell)) return cell.decimal;
  const text = cellText(cell);
  if (isBlank(text)) return null;
  if (typeof cell !== 'string') throw badCell(place.row, place.column, cellValue(cell), 'a figure');
  if ((plain.test(text) && context.mark !== ',') || isExponentText(text)) return text;
  const number = readNumberText(text);
  if (number === null || (number.currency !== '' && !isMoney))
    throw badCell(place.row, place.column, text, 'a figure');
  if (number.currency !== '') checkSign(number.currency, place, context);
  const decimal = plainDecimal(number, markFor(number, place, text, context));
  if (decimal === null) throw badCell(place.row, place.column, text, 'a figure');
  return decimal;
}

export function readMoney(cell: Cell | undefined, place: Place, context: FigureContext): bigint | null {
  const decimal = decimalOf(cell, place, context, true);
  if (decimal === null) return null;
  const amount = parseAmount(decimal, place.currency);
  if (amount === null) throw badCell(place.row, place.column, cellValue(cell), 'an amount');
  return amount;
}

export function readCount(cell: Cell | undefined, place: Place, context: FigureContext): number | null {
  const decimal = decimalOf(cell, place, context, false);
  if (decimal === null) return null;
  const exponent = /e/i.test(decimal) ? Number(decimal) : decimal;
  const count = wholeNumber(exponent);
  const doubtful = typeof cell === 'string' && /^\D*\d{1,3}[.,]000\D*$/.test(cell) && count !== undefined;
  // "12,000" where the comma is proven to be the decimal mark: twelve, or twelve thousand after all.
  if (doubtful && Math.abs(count) < 1000) throw unclearNumber(place.row, place.column, cellText(cell));
  if (count === undefined) throw badCell(place.row, place.column, cellValue(cell), 'a whole number');
  return count;
}
