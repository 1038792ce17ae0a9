import { endOfValue } from './quick-values.js';
import { type Part, patternOf, type RowPattern } from './row-pattern.js';

/** Rows may be written in a few ways (some without an amount); a page of more is read without haste. */
const mostPatterns = 8;
const mostValues = 256;

/** The patterns of pages before, the newest first: most pages of a programme are written alike. They hold no values. */
let remembered: readonly RowPattern[] = [];

/** The patterns of a page whose rows are read one by one. */
export interface Matching {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Start and end of each value of the row at hand. */
  readonly places: Int32Array;
  readonly used: Set<RowPattern>;
  patterns: readonly RowPattern[];
  added: number;
}

export function beginMatching(bytes: Buffer): Matching {
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    places: new Int32Array(2 * mostValues),
    used: new Set(),
    patterns: remembered,
    added: 0,
  };
}

/** For the next page. */
export function rememberPatterns({ patterns }: Matching): void {
  remembered = patterns;
}

/** The pattern of the row at `start`, and where the row ends; `null` where it is not plain. */
export function matchRow(
  matching: Matching,
  start: number,
): { readonly pattern: RowPattern; readonly end: number } | null {
  const { bytes, used } = matching;
  for (const pattern of matching.patterns) {
    const end = endOfRow(matching, start, pattern);
    if (end < 0) continue;
    used.add(pattern);
    return { pattern, end };
  }
  const pattern = newPattern(bytes, start);
  matching.added += 1;
  if (!pattern || matching.added > mostPatterns || pattern.roles.length > mostValues) return null;
  matching.patterns = [pattern, ...matching.patterns].slice(0, mostPatterns);
  const end = endOfRow(matching, start, pattern);
  used.add(pattern);
  return end < 0 ? null : { pattern, end };
}

/** Where a row of this pattern ends, its values' places in `places`; −1 where it is written otherwise. */
function endOfRow({ bytes, view, places }: Matching, start: number, { parts }: RowPattern): number {
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
