import { addDays, type Day } from '../../dates.js';
import { badCell, unclearDay } from '../../problems/unreadable-report.js';
import { isBlank } from '../plain-figures.js';
import type { ReportQuery } from '../platform.js';
import type { Columns } from './columns.js';
import { type DayReading, isLongerSpan, readDayCell, readDayText } from './day-text.js';
import { type Cell, cellText, cellValue, type Table } from './table.js';
import { isTotalLabel } from './total-row.js';

/** Dates of something else than the traffic. */
const otherDates = /reg|birth|first|last|creat|updat|expir|since/i;

type Order = 'day-first' | 'month-first';

function hasDay(cell: Cell | undefined): boolean {
  const text = cellText(cell);
  return !isBlank(text) && !isTotalLabel(text);
}

/** The column of days: by its heading, else the first unknown one whose values are all dates; -1 where there is none. */
export function findDayColumn(table: Table, columns: Columns): number {
  if (columns.day >= 0) return splitByLonger(table, columns.day) ? -1 : columns.day;
  const found = columns.unknown.find((column) => {
    if (otherDates.test(table.headings[column] ?? '')) return false;
    const cells = table.rows.column(column).filter(hasDay);
    const isDate = (cell: Cell | undefined) => cell instanceof Date || readDayText(cellText(cell)) !== null;
    return cells.length > 0 && cells.every(isDate);
  });
  return found ?? -1;
}

function splitByLonger(table: Table, column: number): boolean {
  const texts = table.rows.column(column).filter(hasDay);
  return texts.length > 0 && texts.every((cell) => isLongerSpan(cellText(cell)));
}

function resolve(reading: DayReading, order: Order): Day {
  if (reading.kind === 'day') return reading.day;
  const [day, month] =
    order === 'day-first' ? [reading.first, reading.second] : [reading.second, reading.first];
  return `${reading.year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** The order that the column itself proves: `19/11/2026` puts the day first. */
function provenOrder(texts: readonly string[]): Order | 'mixed' | null {
  const orders = new Set<Order>();
  for (const text of texts) {
    const parts = /^(\d{1,2})[-/](\d{1,2})[-/]\d{4}/.exec(text);
    if (Number(parts?.[1]) > 12) orders.add('day-first');
    if (Number(parts?.[2]) > 12) orders.add('month-first');
  }
  if (orders.size > 1) return 'mixed';
  return [...orders][0] ?? null;
}

/** The order in which every day lies in the window asked for, if that is so for one order only. */
function orderByWindow(readings: readonly DayReading[], from: Day, to: Day): Order | null {
  const inside = (order: Order) =>
    readings.every((reading) => resolve(reading, order) >= from && resolve(reading, order) <= to);
  if (inside('day-first') === inside('month-first')) return null;
  return inside('day-first') ? 'day-first' : 'month-first';
}

/** The day of each row, `null` where its cell is empty or says "Total". */
export function readDays(table: Table, column: number, query: ReportQuery): readonly (Day | null)[] {
  const heading = table.headings[column] ?? '';
  const known = new Map<Cell | undefined, DayReading | null>();
  const cells = table.rows.column(column);
  const readings = cells.map((cell, place) => {
    if (!hasDay(cell)) return null;
    const reading = known.get(cell) ?? readDayCell(cell);
    known.set(cell, reading);
    if (reading === null) throw badCell(place + 1, heading, cellValue(cell), 'a day');
    return reading;
  });
  const open = readings.findIndex(
    (reading) => reading?.kind === 'either' && reading.first !== reading.second,
  );
  const texts = cells.map(cellText);
  const proven = provenOrder(texts);
  const read = readings.filter((reading) => reading !== null);
  const order =
    proven ??
    orderByWindow(read, query.from, query.to) ??
    orderByWindow(read, addDays(query.from, -1), addDays(query.to, 1));
  const unclear = proven === 'mixed' || (open >= 0 && order === null);
  if (unclear) {
    const place = Math.max(open, 0);
    throw unclearDay(place + 1, heading, texts[place] ?? '');
  }
  const settled: Order = order === 'month-first' ? 'month-first' : 'day-first';
  return readings.map((reading) => (reading === null ? null : resolve(reading, settled)));
}
