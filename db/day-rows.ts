import type { Day } from '../src/dates.js';
import { dayAt, fieldCount, figureAt, type SourceRows } from '../src/source-rows.js';
import type { FigureValues } from './figure-columns.js';

/** The rows of a reading by day and dimension. */
export interface DayRows {
  /** The rows of a day by their numbers, in the order of their dimensions' ids. */
  of(day: Day): readonly number[];
  /** The id of a row's dimension. */
  idOf(row: number): bigint;
  valuesOf(row: number): FigureValues;
}

/** `ids` are those of `rows.dimensions`. Throws for two rows of one day and one id: to take either would be a guess about money. */
export function rowsByDay(rows: SourceRows, ids: readonly bigint[]): DayRows {
  const idOf = (row: number) => ids[rows.dimensionPlaces[row] ?? -1] ?? 0n;
  const byDay = new Map<Day, number[]>(rows.days.map((day) => [day, []]));
  for (let row = 0; row < rows.length; row += 1) byDay.get(dayAt(rows, row))?.push(row);
  for (const ofDay of byDay.values()) sortById(ofDay, idOf);
  return {
    of: (day) => byDay.get(day) ?? [],
    idOf,
    valuesOf(row) {
      const values: (bigint | number | null)[] = [];
      for (let place = row * fieldCount; values.length < fieldCount; place += 1)
        values.push(figureAt(rows, place));
      return values;
    },
  };
}

/** Most reports have the same order each day, and so are in order already. */
function sortById(rows: number[], idOf: (row: number) => bigint): void {
  const isAfter = (row: number, place: number) => place === 0 || idOf(rows[place - 1] ?? 0) < idOf(row);
  if (rows.every(isAfter)) return;
  rows.sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
  if (!rows.every(isAfter)) throw new Error('two rows of one day, brand, campaign and currency');
}
