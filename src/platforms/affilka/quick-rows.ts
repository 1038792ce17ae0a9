import { cut, grown } from '../../collect-rows.js';
import type { Day } from '../../dates.js';
import { moneyFields } from '../../figures.js';
import { scaleOf } from '../../money.js';
import { fieldCount, type SourceRows } from '../../source-rows.js';
import { type Cells, cellsOf } from './cells.js';
import { affilkaColumns } from './columns.js';
import { currencyOfMoney } from './parse-money.js';
import { currencyOf, dayOf } from './parse-row.js';
import { endOfValue, isNull, plainUnits } from './quick-values.js';
import { type Part, patternOf, type RowPattern } from './row-pattern.js';

/** What rows of one brand, campaign and currency share. `cells` are those of the first such row. */
export interface Kind {
  readonly cells: Cells;
  readonly currency: string;
  readonly scale: number;
}

/** Rows as they were found, as `SourceRows` has them but for their dimensions: each row has its place in `kinds`. */
export interface QuickRows extends Omit<SourceRows, 'dimensions' | 'dimensionPlaces' | 'large'> {
  readonly end: number;
  readonly kinds: readonly Kind[];
  readonly kindPlaces: Uint32Array;
  readonly columns: ReadonlySet<string>;
}

interface KnownKind extends Kind {
  readonly place: number;
  readonly pattern: RowPattern;
  /** Where its labels stand in its first row. */
  readonly labels: Int32Array;
  /** The kind of the row that came after the last row of this one: most reports have the same order each day. */
  next: KnownKind | null;
}

/** Rows may be written in a few ways (some without an amount); a page of more is read without haste. */
const mostPatterns = 8;
/** Labels of one hash that are compared; a page made to have more must not cost more. */
const mostAlike = 8;
const mostValues = 256;
const fewRows = 512;

/** The patterns of pages before, the newest first: most pages of a programme are written alike. They hold no values. */
let remembered: readonly RowPattern[] = [];

/** What is known of a page while its rows are read. */
interface Reading {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Start and end of each value of the row at hand. */
  readonly places: Int32Array;
  readonly used: Set<RowPattern>;
  readonly known: Map<number, KnownKind[]>;
  readonly kinds: KnownKind[];
  readonly days: Map<Day, number>;
  patterns: readonly RowPattern[];
  added: number;
  lastKind: KnownKind | null;
  lastDay: { readonly start: number; readonly end: number; readonly place: number };
  /** Of the rows read so far; there is room for more. */
  dayPlaces: Uint32Array;
  kindPlaces: Uint32Array;
  figures: Float64Array;
}

/** Reads the list of rows whose first begins at `start`. `null`: not all of them are plain. */
export function readQuickRows(bytes: Buffer, start: number): QuickRows | null {
  const reading: Reading = {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    places: new Int32Array(2 * mostValues),
    used: new Set(),
    known: new Map(),
    kinds: [],
    days: new Map(),
    patterns: remembered,
    added: 0,
    lastKind: null,
    lastDay: { start: 0, end: 0, place: -1 },
    dayPlaces: new Uint32Array(fewRows),
    kindPlaces: new Uint32Array(fewRows),
    figures: new Float64Array(fewRows * fieldCount),
  };
  let length = 0;
  for (let at = start; ; at += 1) {
    if (length === reading.dayPlaces.length) makeRoom(reading);
    const row = matchRow(reading, at);
    const kind = row && kindOf(reading, at, row.end, row.pattern);
    if (!kind || !readValues(reading, row.pattern, kind.scale, length)) return null;
    reading.kindPlaces[length] = kind.place;
    length += 1;
    at = row.end;
    if (bytes[at] === 0x2c) continue;
    if (bytes[at] !== 0x5d) return null;
    remembered = reading.patterns;
    return { ...taken(reading, length), end: at };
  }
}

function taken(reading: Reading, length: number): Omit<QuickRows, 'end'> {
  const { days, kinds, used } = reading;
  return {
    ...{ length, days: [...days.keys()], kinds },
    dayPlaces: cut(reading.dayPlaces, length),
    kindPlaces: cut(reading.kindPlaces, length),
    figures: cut(reading.figures, length * fieldCount),
    columns: new Set([...used].flatMap((pattern) => pattern.columns)),
  };
}

function makeRoom(reading: Reading): void {
  const { dayPlaces, kindPlaces, figures } = reading;
  reading.dayPlaces = grown(dayPlaces);
  reading.kindPlaces = grown(kindPlaces);
  reading.figures = grown(figures);
}

/** The pattern of the row at `start`, and where the row ends. */
function matchRow(
  reading: Reading,
  start: number,
): { readonly pattern: RowPattern; readonly end: number } | null {
  const { bytes, used } = reading;
  for (const pattern of reading.patterns) {
    const end = endOfRow(reading, start, pattern);
    if (end < 0) continue;
    used.add(pattern);
    return { pattern, end };
  }
  const pattern = newPattern(bytes, start);
  reading.added += 1;
  if (!pattern || reading.added > mostPatterns || pattern.roles.length > mostValues) return null;
  reading.patterns = [pattern, ...reading.patterns].slice(0, mostPatterns);
  const end = endOfRow(reading, start, pattern);
  used.add(pattern);
  return end < 0 ? null : { pattern, end };
}

/** Reads the row's figures and day; false where one of them is not plain. */
function readValues(reading: Reading, pattern: RowPattern, scale: number, row: number): boolean {
  const { bytes, places, figures } = reading;
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
  const { bytes, days, lastDay } = reading;
  if (sameBytes(bytes, start, end, lastDay.start, lastDay.end)) return lastDay.place;
  const text = bytes[start] === 0x22 ? bytes.toString('latin1', start + 1, end - 1) : '';
  const day = dayOf(new Map([[column, text]]), 1);
  if (day === null) return -1;
  const place = days.get(day) ?? days.size;
  days.set(day, place);
  reading.lastDay = { start, end, place };
  return place;
}

/** Where a row of this pattern ends, its values' places in `places`; −1 where it is written otherwise. */
function endOfRow({ bytes, view, places }: Reading, start: number, { parts }: RowPattern): number {
  let at = start;
  const last = parts.length - 1;
  for (let index = 0; index <= last; index += 1) {
    const part = parts[index];
    if (part === undefined || !hasPart(bytes, view, at, part)) return -1;
    at += part.bytes.length;
    if (index === last) return at;
    places[2 * index] = at;
    at = endOfValue(bytes, at);
    if (at < 0) return -1;
    places[2 * index + 1] = at;
  }
  return -1;
}

/** Four bytes at a time: most of a page is what repeats. Reading past the page's end throws, which ends the haste. */
function hasPart(bytes: Buffer, view: DataView, at: number, part: Part): boolean {
  const { words } = part;
  for (let word = 0; word < words.length; word += 1) {
    if (view.getInt32(at + 4 * word, true) !== words[word]) return false;
  }
  for (let inner = 4 * words.length; inner < part.bytes.length; inner += 1) {
    if (bytes[at + inner] !== part.bytes[inner]) return false;
  }
  return true;
}

function newPattern(bytes: Buffer, start: number): RowPattern | null {
  const end = endOfList(bytes, start);
  if (end < 0) return null;
  const row = bytes.subarray(start, end);
  JSON.parse(row.toString());
  return patternOf(row);
}

/** The end of the list that begins at `start`. */
function endOfList(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === 0x22) {
      for (at += 1; bytes[at] !== 0x22; at += 1) if (bytes[at] === 0x5c || at >= bytes.length) return -1;
    } else if (code === 0x5b) depth += 1;
    else if (code === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function kindOf(reading: Reading, start: number, end: number, pattern: RowPattern): KnownKind | null {
  const { bytes, places, lastKind } = reading;
  const guess = lastKind?.next;
  const isGuess = guess && guess.pattern === pattern && hasLabels(bytes, guess, places);
  const kind = isGuess ? guess : findKind(reading, start, end, pattern);
  if (lastKind) lastKind.next = kind;
  reading.lastKind = kind;
  return kind;
}

function findKind(reading: Reading, start: number, end: number, pattern: RowPattern): KnownKind | null {
  const { bytes, places, known, kinds } = reading;
  const { labels } = pattern;
  let hash = 0;
  for (const label of labels) {
    const to = places[2 * label + 1] ?? 0;
    for (let at = places[2 * label] ?? 0; at < to; at += 1) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
  }
  const alike = known.get(hash) ?? [];
  for (const kind of alike) if (kind.pattern === pattern && hasLabels(bytes, kind, places)) return kind;
  const kind = newKind(cellsOf(JSON.parse(bytes.toString('utf8', start, end)), 1));
  if (kind === null || alike.length === mostAlike) return null;
  const own = labels.flatMap((label) => [places[2 * label] ?? 0, places[2 * label + 1] ?? 0]);
  const added = { ...kind, place: kinds.length, pattern, labels: Int32Array.from(own), next: null };
  kinds.push(added);
  known.set(hash, [...alike, added]);
  return added;
}

function hasLabels(bytes: Buffer, { pattern, labels }: KnownKind, places: Int32Array): boolean {
  for (let index = 0; index < pattern.labels.length; index += 1) {
    const label = pattern.labels[index] ?? 0;
    const from = places[2 * label] ?? 0;
    const to = places[2 * label + 1] ?? 0;
    if (!sameBytes(bytes, from, to, labels[2 * index] ?? 0, labels[2 * index + 1] ?? 0)) return false;
  }
  return true;
}

/** `null` where an amount is in another currency than its row: what that means is not for here. */
function newKind(cells: Cells): Kind | null {
  const currency = currencyOf(cells, 1);
  for (const field of moneyFields) {
    const column = affilkaColumns[field];
    const own = currencyOfMoney(cells.get(column), 1, column);
    if (own !== null && own !== currency) return null;
  }
  return { cells, currency, scale: scaleOf(currency) };
}

function sameBytes(bytes: Buffer, from: number, to: number, otherFrom: number, otherTo: number): boolean {
  if (to - from !== otherTo - otherFrom) return false;
  for (let at = from, other = otherFrom; at < to; at += 1, other += 1) {
    if (bytes[at] !== bytes[other]) return false;
  }
  return true;
}
