import type { Day } from '../../src/dates.js';
import { dimensionKey, figureFields, type SourceRow } from '../../src/figures.js';
import { scaleOf } from '../../src/money.js';
import type { FigureChange } from '../../src/sync/figure-store.js';
import type { BookRow } from '../sandbox/book-row.js';
import { decimalsOf, toUnits } from '../sandbox/currencies.js';

/** Every figure that is there, by day, dimension and field. */
export type FigureMap = ReadonlyMap<string, bigint>;

/** What the bot must hold: each day as the last reading that had it, kept while a source has nothing for it. */
export interface DayBook {
  readonly first: Map<string, bigint>;
  readonly days: Map<Day, readonly BookRow[]>;
}

export function createDayBook(): DayBook {
  return { first: new Map(), days: new Map() };
}

/** Takes a reading in: days up to the last with rows are reported, later ones keep what they had. */
export function noteReading(book: DayBook, days: readonly Day[], rows: readonly BookRow[]): void {
  const last = rows.reduce((latest, row) => (row.day > latest ? row.day : latest), '');
  for (const day of days.filter((one) => one <= last)) {
    const ofDay = rows.filter((row) => row.day === day);
    if (!book.days.has(day)) for (const [key, value] of bookFigures(ofDay)) book.first.set(key, value);
    book.days.set(day, ofDay);
  }
}

export function rowsOf(book: DayBook): BookRow[] {
  return [...book.days].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, rows]) => rows);
}

function unitsOf(value: number | string | null, currency: string): bigint | null {
  if (value === null) return null;
  if (typeof value === 'number') return BigInt(value);
  return toUnits(value, currency) * 10n ** BigInt(scaleOf(currency) - decimalsOf(currency));
}

export function bookFigures(rows: readonly BookRow[]): Map<string, bigint> {
  const figures = new Map<string, bigint>();
  for (const row of rows) {
    for (const field of figureFields) {
      const units = unitsOf(row.figures[field], row.currency);
      if (units !== null) figures.set(`${row.day} ${dimensionKey(row)} ${field}`, units);
    }
  }
  return figures;
}

export function storedFigures(rows: readonly SourceRow[]): Map<string, bigint> {
  const figures = new Map<string, bigint>();
  for (const row of rows) {
    for (const field of figureFields) {
      const value = row.figures[field];
      if (value !== null) figures.set(`${row.day} ${dimensionKey(row)} ${field}`, BigInt(value));
    }
  }
  return figures;
}

/** Follows the log from what each day first held; throws where an entry does not begin where the one before it ended. */
export function replay(first: FigureMap, changes: readonly FigureChange[]): Map<string, bigint> {
  const figures = new Map(first);
  for (const { day, dimension, field, before, after } of changes) {
    const key = `${day} ${dimensionKey(dimension)} ${field}`;
    const held = figures.get(key) ?? null;
    if (held !== before) throw new Error(`${key}: the log says ${before}, but it was ${held}`);
    if (after === null) figures.delete(key);
    else figures.set(key, after);
  }
  return figures;
}

/** Sums by currency and field. */
export function sumsOf(figures: FigureMap): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [key, value] of figures) {
    const match = /"([^"]+)"\] (\w+)$/.exec(key);
    const sum = `${match?.[1]} ${match?.[2]}`;
    sums.set(sum, (sums.get(sum) ?? 0n) + value);
  }
  return sums;
}
