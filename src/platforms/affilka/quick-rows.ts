import { cut, grown } from '../../collect-rows.js';
import type { Day } from '../../dates.js';
import { fieldCount, type SourceRows } from '../../source-rows.js';
import { beginMatching, type Matching, matchRow, rememberPatterns } from './match-row.js';
import { dayOf } from './parse-row.js';
import { isNull, plainUnits, sameBytes } from './quick-values.js';
import { type Kind, type Kinds, kindOf, noKinds } from './row-kinds.js';
import type { RowPattern } from './row-pattern.js';

/** Rows as they were found, as `SourceRows` has them but for their dimensions: each row has its place in `kinds`. */
export interface QuickRows extends Omit<SourceRows, 'dimensions' | 'dimensionPlaces' | 'large'> {
  readonly end: number;
  readonly kinds: readonly Kind[];
  readonly kindPlaces: Uint32Array;
  readonly columns: ReadonlySet<string>;
}

/** Room is made for so many more at most, or for as many again. */
const manyRows = 4096;

/** What is known of a page while its rows are read. */
interface Reading {
  readonly matching: Matching;
  readonly kinds: Kinds;
  readonly days: Map<Day, number>;
  lastDay: { readonly start: number; readonly end: number; readonly place: number };
  /** Of the rows read so far; there is room for more. */
  dayPlaces: Uint32Array;
  kindPlaces: Uint32Array;
  figures: Float64Array;
}

/** Reads the list of rows whose first begins at `start`. `null`: not all of them are plain. */
export function readQuickRows(bytes: Buffer, start: number): QuickRows | null {
  const matching = beginMatching(bytes);
  const reading: Reading = {
    ...{ matching, kinds: noKinds(), days: new Map() },
    lastDay: { start: 0, end: 0, place: -1 },
    dayPlaces: new Uint32Array(0),
    kindPlaces: new Uint32Array(0),
    figures: new Float64Array(0),
  };
  let length = 0;
  for (let at = start; ; at += 1) {
    const row = matchRow(matching, at);
    if (row && length === reading.dayPlaces.length) makeRoom(reading, row.end - at, bytes.length - at);
    const kind = row && kindOf(reading.kinds, matching, row.pattern);
    if (!kind || !readValues(reading, row.pattern, kind.scale, length)) return null;
    reading.kindPlaces[length] = kind.place;
    length += 1;
    at = row.end;
    if (bytes[at] === 0x2c) continue;
    if (bytes[at] !== 0x5d) return null;
    rememberPatterns(matching);
    return { ...taken(reading, length), end: at };
  }
}

function taken(reading: Reading, length: number): Omit<QuickRows, 'end'> {
  const { days, kinds, matching } = reading;
  return {
    ...{ length, days: [...days.keys()], kinds: kinds.list },
    dayPlaces: cut(reading.dayPlaces, length),
    kindPlaces: cut(reading.kindPlaces, length),
    figures: cut(reading.figures, length * fieldCount),
    columns: columnsOf([...matching.used]),
  };
}

function columnsOf(patterns: readonly RowPattern[]): ReadonlySet<string> {
  const [first] = patterns;
  if (first && patterns.length === 1) return first.columns;
  return new Set(patterns.flatMap(({ columns }) => [...columns]));
}

/** For as many rows of the length of this one as may still come. */
function makeRoom(reading: Reading, rowLength: number, left: number): void {
  const { dayPlaces, kindPlaces, figures } = reading;
  const toCome = Math.ceil(left / rowLength);
  const room = dayPlaces.length + Math.min(toCome, Math.max(manyRows, dayPlaces.length));
  reading.dayPlaces = grown(dayPlaces, room);
  reading.kindPlaces = grown(kindPlaces, room);
  reading.figures = grown(figures, room * fieldCount);
}

/** Reads the row's figures and day; false where one of them is not plain. */
function readValues(reading: Reading, pattern: RowPattern, scale: number, row: number): boolean {
  const { figures, matching } = reading;
  const { bytes, places } = matching;
  const first = row * fieldCount;
  figures.fill(Number.NaN, first, first + fieldCount);
  let day = -1;
  for (let index = 0; index < pattern.roles.length; index += 1) {
    const role = pattern.roles[index];
    const start = places[2 * index] ?? 0;
    const end = places[2 * index + 1] ?? 0;
    if (role?.is === 'day') day = dayAt(reading, start, end, pattern.dayColumn);
    if (role?.is !== 'figure') continue;
    if (isNull(bytes, start)) {
      if (!role.mayBeNull) return false;
      continue;
    }
    const figure = plainUnits(bytes, start, end, role.isMoney ? scale : 0);
    if (figure === undefined) return false;
    figures[first + role.place] = figure;
  }
  reading.dayPlaces[row] = day;
  return day >= 0;
}

/** The place of the day in `days`, −1 where it is none. Rows of one day mostly follow each other. */
function dayAt(reading: Reading, start: number, end: number, column: string): number {
  const { days, lastDay } = reading;
  const { bytes } = reading.matching;
  if (sameBytes(bytes, start, end, lastDay.start, lastDay.end)) return lastDay.place;
  const text = bytes[start] === 0x22 ? bytes.toString('latin1', start + 1, end - 1) : '';
  const day = dayOf(new Map([[column, text]]), 1);
  if (day === null) return -1;
  const place = days.get(day) ?? days.size;
  days.set(day, place);
  reading.lastDay = { start, end, place };
  return place;
}
