import type { Day } from '../../dates.js';
import { figureFields, moneyFields } from '../../figures.js';
import { scaleOf } from '../../money.js';
import { type Cells, cellsOf } from './cells.js';
import { affilkaColumns } from './columns.js';
import { currencyOfMoney } from './parse-money.js';
import { currencyOf, dayOf } from './parse-row.js';
import { endOfValue, isNull, plainUnits } from './quick-values.js';
import { patternOf, type RowPattern } from './row-pattern.js';

/** What rows of one brand, campaign and currency share. `cells` are those of the first such row. */
export interface Kind {
  readonly cells: Cells;
  readonly currency: string;
  readonly scale: number;
}

/** Rows as they were found. `units` has a number for each field of each row, exact; NaN where the source gives none. */
export interface QuickRows {
  readonly end: number;
  readonly days: readonly Day[];
  readonly kinds: readonly Kind[];
  readonly units: readonly number[];
  readonly columns: ReadonlySet<string>;
}

interface KnownKind extends Kind {
  readonly pattern: RowPattern;
  /** Where its labels stand in its first row. */
  readonly labels: Int32Array;
}

/** Rows may be written in a few ways (some without an amount); a page of more is read without haste. */
const mostPatterns = 8;
/** Labels of one hash that are compared; a page made to have more must not cost more. */
const mostAlike = 8;
const mostValues = 256;
const fields = figureFields.length;

/** Reads the list of rows whose first begins at `start`. `null`: not all of them are plain. */
export function readQuickRows(bytes: Buffer, start: number): QuickRows | null {
  const patterns: RowPattern[] = [];
  const known = new Map<number, KnownKind[]>();
  const days: Day[] = [];
  const kinds: Kind[] = [];
  const units: number[] = [];
  const columns = new Set<string>();
  const places = new Int32Array(2 * mostValues);
  let lastDay = { start: 0, end: 0, day: '' };

  for (let at = start; ; at += 1) {
    let end = -1;
    let pattern: RowPattern | undefined;
    for (const tried of patterns) {
      end = endOfRow(bytes, at, tried, places);
      pattern = tried;
      if (end >= 0) break;
    }
    if (end < 0 || !pattern) {
      pattern = newPattern(bytes, at) ?? undefined;
      if (!pattern || patterns.length === mostPatterns || pattern.roles.length > mostValues) return null;
      patterns.unshift(pattern);
      for (const column of pattern.columns) columns.add(column);
      end = endOfRow(bytes, at, pattern, places);
      if (end < 0) return null;
    }
    const kind = kindOf(bytes, at, end, pattern, places, known);
    if (kind === null) return null;
    const first = units.length;
    for (let field = 0; field < fields; field += 1) units.push(Number.NaN);
    for (let index = 0; index < pattern.roles.length; index += 1) {
      const role = pattern.roles[index];
      const [from = 0, to = 0] = [places[2 * index], places[2 * index + 1]];
      if (role === undefined || role.is === 'label' || role.is === 'other') continue;
      if (role.is === 'day') {
        if (!sameBytes(bytes, from, to, lastDay.start, lastDay.end)) {
          const text = bytes[from] === 0x22 ? bytes.toString('latin1', from + 1, to - 1) : '';
          const day = dayOf(new Map([[pattern.dayColumn, text]]), 1);
          if (day === null) return null;
          lastDay = { start: from, end: to, day };
        }
        days.push(lastDay.day);
      } else if (isNull(bytes, from)) {
        if (!role.mayBeNull) return null;
      } else {
        const figure = plainUnits(bytes, from, to, role.isMoney ? kind.scale : 0);
        if (figure === undefined) return null;
        units[first + role.place] = figure;
      }
    }
    kinds.push(kind);
    at = end;
    if (bytes[at] === 0x5d) return { end: at, days, kinds, units, columns };
    if (bytes[at] !== 0x2c) return null;
  }
}

/** Where a row of this pattern ends, its values' places in `places`; −1 where it is written otherwise. */
function endOfRow(bytes: Buffer, start: number, { parts }: RowPattern, places: Int32Array): number {
  let at = start;
  const last = parts.length - 1;
  for (let index = 0; index <= last; index += 1) {
    const part = parts[index];
    if (part === undefined) return -1;
    for (let inner = 0; inner < part.length; inner += 1) {
      if (bytes[at + inner] !== part[inner]) return -1;
    }
    at += part.length;
    if (index === last) return at;
    places[2 * index] = at;
    at = endOfValue(bytes, at);
    if (at < 0) return -1;
    places[2 * index + 1] = at;
  }
  return -1;
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

function kindOf(
  bytes: Buffer,
  start: number,
  end: number,
  pattern: RowPattern,
  places: Int32Array,
  known: Map<number, KnownKind[]>,
): Kind | null {
  let hash = 0;
  const { labels } = pattern;
  for (const label of labels) {
    const to = places[2 * label + 1] ?? 0;
    for (let at = places[2 * label] ?? 0; at < to; at += 1) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
  }
  const alike = known.get(hash) ?? [];
  for (const kind of alike) if (kind.pattern === pattern && hasLabels(bytes, kind, places)) return kind;
  if (alike.length === mostAlike) return null;
  const kind = newKind(cellsOf(JSON.parse(bytes.toString('utf8', start, end)), 1));
  if (kind === null) return null;
  const own = Int32Array.from(
    labels.flatMap((label) => [places[2 * label] ?? 0, places[2 * label + 1] ?? 0]),
  );
  known.set(hash, [...alike, { ...kind, pattern, labels: own }]);
  return known.get(hash)?.at(-1) ?? null;
}

function hasLabels(bytes: Buffer, { pattern, labels }: KnownKind, places: Int32Array): boolean {
  for (let index = 0; index < pattern.labels.length; index += 1) {
    const label = pattern.labels[index] ?? 0;
    const [from = 0, to = 0] = [places[2 * label], places[2 * label + 1]];
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
