import { moneyFields } from '../../figures.js';
import { scaleOf } from '../../money.js';
import type { Cells } from './cells.js';
import { affilkaColumns } from './columns.js';
import type { Matching } from './match-row.js';
import { currencyOfMoney } from './parse-money.js';
import { currencyOf } from './parse-row.js';
import { sameBytes } from './quick-values.js';
import { putValue, type RowPattern } from './row-pattern.js';

/** What rows of one brand, campaign and currency share. */
export interface Kind {
  /** All that a row has, its labels alone with their values. */
  readonly cells: Cells;
  readonly currency: string;
  readonly scale: number;
}

interface KnownKind extends Kind {
  readonly place: number;
  readonly pattern: RowPattern;
  /** Where its labels stand in its first row. */
  readonly labels: Int32Array;
  /** The kind of the row that came after the last row of this one: most reports have the same order each day. */
  next: KnownKind | null;
}

/** The kinds that a page has had so far. */
export interface Kinds {
  readonly list: KnownKind[];
  readonly known: Map<number, KnownKind[]>;
  last: KnownKind | null;
}

/** Labels of one hash that are compared; a page made to have more must not cost more. */
const mostAlike = 8;

export function noKinds(): Kinds {
  return { list: [], known: new Map(), last: null };
}

/** The kind of the row that was just matched, and its place in the list; `null` where it cannot be told in haste. */
export function kindOf(kinds: Kinds, matching: Matching, pattern: RowPattern): KnownKind | null {
  const { last } = kinds;
  const guess = last?.next;
  const isGuess = guess && guess.pattern === pattern && hasLabels(matching, guess);
  const kind = isGuess ? guess : findKind(kinds, matching, pattern);
  if (last) last.next = kind;
  kinds.last = kind;
  return kind;
}

function findKind({ list, known }: Kinds, matching: Matching, pattern: RowPattern): KnownKind | null {
  const { bytes, places } = matching;
  const { labels } = pattern;
  let hash = 0;
  for (const label of labels) {
    const to = places[2 * label + 1] ?? 0;
    for (let at = places[2 * label] ?? 0; at < to; at += 1) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
  }
  const alike = known.get(hash) ?? [];
  for (const kind of alike) if (kind.pattern === pattern && hasLabels(matching, kind)) return kind;
  const kind = newKind(labelledCells(matching, pattern));
  if (kind === null || alike.length === mostAlike) return null;
  const own = new Int32Array(2 * labels.length);
  for (const [index, label] of labels.entries())
    own.set(places.subarray(2 * label, 2 * label + 2), 2 * index);
  const added = { ...kind, place: list.length, pattern, labels: own, next: null };
  list.push(added);
  known.set(hash, [...alike, added]);
  return added;
}

function hasLabels({ bytes, places }: Matching, { pattern, labels }: KnownKind): boolean {
  for (let index = 0; index < pattern.labels.length; index += 1) {
    const label = pattern.labels[index] ?? 0;
    const from = places[2 * label] ?? 0;
    const to = places[2 * label + 1] ?? 0;
    if (!sameBytes(bytes, from, to, labels[2 * index] ?? 0, labels[2 * index + 1] ?? 0)) return false;
  }
  return true;
}

/** The cells of the row at hand with `null` for each value but its labels. Throws for a label that is no JSON. */
function labelledCells({ bytes, places }: Matching, { cells, labels, places: columns }: RowPattern): Cells {
  const read = new Map(cells);
  let value: unknown;
  let [from, to] = [0, 0];
  for (const label of labels) {
    const [start, end] = [places[2 * label] ?? 0, places[2 * label + 1] ?? 0];
    // The currency of one amount after the other.
    if (to === 0 || !sameBytes(bytes, start, end, from, to))
      value = JSON.parse(bytes.toString('utf8', start, end));
    [from, to] = [start, end];
    const place = columns[label];
    if (place) putValue(read, place, value);
  }
  return read;
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
