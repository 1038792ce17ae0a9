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
    const isDate = (cell: Cell | undefined) => cell instanceof Date || readDayText(cellText(cell)) !== null;
    return isEvery(table, column, isDate);
  });
  return found ?? -1;
}

function splitByLonger(table: Table, column: number): boolean {
  return isEvery(table, column, (cell) => isLongerSpan(cellText(cell)));
}

/** True where the column has such cells, and all that could hold a day are. */
function isEvery(table: Table, column: number, is: (cell: Cell | undefined) => boolean): boolean {
  let some = false;
  for (const cell of table.rows.column(column)) {
    if (!hasDay(cell)) continue;
    if (!is(cell)) return false;
    some = true;
  }
  return some;
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

/** The cells of a column, each text once: a large report has few days and very many rows. */
interface ReadColumn {
  readonly texts: readonly string[];
  readonly readings: readonly DayReading[];
  /** Of each row: its place in `readings` and one more; 0 where its cell is empty or says "Total". */
  readonly places: Uint32Array;
  /** The first row (from 0) whose day may be two days; -1 where there is none. */
  readonly open: number;
}

function readColumn(table: Table, column: number): ReadColumn {
  const known = new Map<Cell | undefined, number>();
  const texts: string[] = [];
  const readings: DayReading[] = [];
  const places = new Uint32Array(table.rows.length);
  let open = -1;
  let row = 0;
  for (const cell of table.rows.column(column)) {
    let place = known.get(cell);
    if (place === undefined) {
      const reading = hasDay(cell) ? readDayCell(cell) : undefined;
      if (reading === null) throw badCell(row + 1, table.headings[column] ?? '', cellValue(cell), 'a day');
      if (open < 0 && reading?.kind === 'either' && reading.first !== reading.second) open = row;
      if (reading) texts.push(cellText(cell));
      place = reading ? readings.push(reading) : 0;
      known.set(cell, place);
    }
    places[row] = place;
    row += 1;
  }
  return { texts, readings, places, open };
}

/** The day of each row by its number, `null` where its cell is empty or says "Total". */
export function readDays(table: Table, column: number, query: ReportQuery): (number: number) => Day | null {
  const { texts, readings, places, open } = readColumn(table, column);
  const proven = provenOrder(texts);
  const order =
    proven ??
    orderByWindow(readings, query.from, query.to) ??
    orderByWindow(readings, addDays(query.from, -1), addDays(query.to, 1));
  const unclear = proven === 'mixed' || (open >= 0 && order === null);
  if (unclear) {
    const number = Math.max(open, 0) + 1;
    const cell = table.rows.numbered(number).cells[column];
    throw unclearDay(number, table.headings[column] ?? '', cellText(cell));
  }
  const settled: Order = order === 'month-first' ? 'month-first' : 'day-first';
  const days = readings.map((reading) => resolve(reading, settled));
  return (number) => days[(places[number - 1] ?? 0) - 1] ?? null;
}
