import type { Day } from '../src/dates.js';
import { dayAt, fieldCount, figureAt, type SourceRows } from '../src/source-rows.js';

/** The rows of a reading by day and dimension. */
export interface DayRows {
  readonly rows: SourceRows;
  /** The rows of a day by their numbers, in the order of their dimensions' ids. */
  of(day: Day): readonly number[];
  /** The id of a row's dimension. */
  idOf(row: number): number;
}

/** `ids` are those of `rows.dimensions`. Throws for two rows of one day and one id: to take either would be a guess about money. */
export function rowsByDay(rows: SourceRows, ids: readonly number[]): DayRows {
  const idOf = (row: number) => ids[rows.dimensionPlaces[row] ?? -1] ?? 0;
  const byDay = new Map<Day, number[]>(rows.days.map((day) => [day, []]));
  for (let row = 0; row < rows.length; row += 1) byDay.get(dayAt(rows, row))?.push(row);
  for (const ofDay of byDay.values()) sortById(ofDay, idOf);
  return { rows, of: (day) => byDay.get(day) ?? [], idOf };
}

/** Adds the figures of a row to a list, in the order of `figureFields`; most are plain numbers. */
export function addFigures(list: (string | number | bigint | null)[], rows: SourceRows, row: number): void {
  const end = (row + 1) * fieldCount;
  for (let place = row * fieldCount; place < end; place += 1) list.push(figureAt(rows, place));
}

/** Most reports have the same order each day, and so are in order already. */
function sortById(rows: number[], idOf: (row: number) => number): void {
  const isAfter = (row: number, place: number) => place === 0 || idOf(rows[place - 1] ?? 0) < idOf(row);
  if (rows.every(isAfter)) return;
  rows.sort((one, other) => idOf(one) - idOf(other));
  if (!rows.every(isAfter)) throw new Error('two rows of one day, brand, campaign and currency');
}
