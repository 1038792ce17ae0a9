import { type Day, isDay } from '../../dates.js';
import { type Cell, cellText, isExact } from './table.js';

/** A day as far as one cell tells: sure, or with the first two numbers in either order. */
export type DayReading =
  | { readonly kind: 'day'; readonly day: Day }
  | { readonly kind: 'either'; readonly first: string; readonly second: string; readonly year: string };

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthName =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const clock = String.raw`(?:[T\s,]+\d{1,2}:\d{2}.*)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${clock}$`, 'i');
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${clock}$`, 'i');
const named = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th)?[\s.-]+${monthName}\.?[\s,-]+(\d{4})${clock}$`,
  'i',
);
const namedFirst = new RegExp(
  String.raw`^${monthName}\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4})${clock}$`,
  'i',
);
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i;

function sure(year: string, month: string | number, day: string): DayReading | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? { kind: 'day', day: text } : null;
}

function monthNumber(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** Days since the last of 1899, as spreadsheets count; the range is 1982 to 2119. */
function fromSerial(text: string): DayReading | null {
  const serial = Math.floor(Number(text));
  if (!(serial >= 30_000 && serial <= 80_000)) return null;
  return { kind: 'day', day: new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10) };
}

function yearLastReading(first: string, mark: string, second: string, year: string): DayReading | null {
  if (mark === '.' || Number(first) > 12) return sure(year, second, first);
  if (Number(second) > 12) return sure(year, first, second);
  const either = sure(year, first, second) && sure(year, second, first);
  return either ? { kind: 'either', first, second, year } : null;
}

/** The day written in a text; `null` where there is none. Serial numbers count only in a column known to hold days. */
export function readDayText(text: string): DayReading | null {
  const clean = text.replace(weekday, '');
  const year = yearFirst.exec(clean);
  if (year) return sure(year[1] ?? '', year[3] ?? '', year[4] ?? '');
  const last = yearLast.exec(clean);
  if (last) return yearLastReading(last[1] ?? '', last[2] ?? '', last[3] ?? '', last[4] ?? '');
  const day = named.exec(clean);
  if (day) return sure(day[3] ?? '', monthNumber(day[2] ?? ''), day[1] ?? '');
  const month = namedFirst.exec(clean);
  if (month) return sure(month[3] ?? '', monthNumber(month[1] ?? ''), month[2] ?? '');
  const halves = clean.split(/\s+[-–]\s+|\s+to\s+|\s*~\s*/);
  return halves.length === 2 && halves[0] === halves[1] ? readDayText(halves[0] ?? '') : null;
}

export function readDayCell(cell: Cell | undefined): DayReading | null {
  const text = cellText(cell);
  if (isExact(cell) || /^\d{5}$/.test(text)) return fromSerial(text);
  if (/^\d{8}$/.test(text)) return sure(text.slice(0, 4), text.slice(4, 6), text.slice(6));
  if (cell instanceof Date) return sure(text.slice(0, 4), text.slice(5, 7), text.slice(8, 10));
  return readDayText(text);
}

/** A month, a week or a span of days: the report is split, but not by day. */
export function isLongerSpan(text: string): boolean {
  const month = /^\d{4}[-/.]\d{1,2}$|^\d{1,2}[-/.]\d{4}$/;
  const week = /^(?:\d{4}\D{0,3})?w(?:eek)?\D{0,2}\d{1,2}(?:\D{1,3}\d{4})?$/i;
  const spelled = new RegExp(String.raw`^${monthName}\.?[\s,-]*\d{0,4}$`, 'i');
  if (month.test(text) || week.test(text) || spelled.test(text)) return true;
  const halves = text.split(/\s+[-–]\s+|\s+to\s+|\s*~\s*/);
  return halves.length === 2 && halves.every((half) => readDayText(half) !== null) && halves[0] !== halves[1];
}
