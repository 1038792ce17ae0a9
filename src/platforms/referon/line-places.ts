import { parse } from 'csv-parse/sync';
import { grown } from '../../collect-rows.js';
import { afterQuotes, quote } from './after-quotes.js';

/** Where the lines of a file begin and end in its bytes, their line ends left out. Empty lines are none. */
export interface LinePlaces {
  readonly length: number;
  /** Start and end of each. */
  readonly places: Uint32Array;
}

export const csvOptions = { relax_column_count: true, skip_empty_lines: true } as const;

/** Bytes that a line has at least in most files: so many places are made at first. */
const shortLine = 64;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Finds the lines of a CSV file, as the library would. Throws what the library throws where quotes are broken. */
export function findLines(bytes: Buffer, delimiter: string): LinePlaces {
  return soundLines(bytes, delimiter) ?? linesByLibrary(bytes, delimiter);
}

function collectPlaces(bytes: Buffer) {
  let places = new Uint32Array(2 * Math.ceil(bytes.length / shortLine) + 2);
  let length = 0;
  return {
    add(start: number, end: number): void {
      if (2 * length === places.length) places = grown(places);
      places[2 * length] = start;
      places[2 * length + 1] = end;
      length += 1;
    },
    found: (): LinePlaces => ({ length, places }),
  };
}

/** `null` for a file with a quote that is not beyond doubt: what to make of it is left to the library, which is slower. */
function soundLines(bytes: Buffer, delimiter: string): LinePlaces | null {
  const parting = delimiter.charCodeAt(0);
  const lines = collectPlaces(bytes);
  const lineEnds = lineEndsOf(bytes);
  let start = 0;
  let cellStart = 0;
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at];
    if (code === quote) {
      const after = at === cellStart ? afterQuotes(bytes, at, bytes.length) : -1;
      const ends = after === bytes.length || bytes[after] === parting || lineEnds.lengthAt(after) > 0;
      if (after < 0 || !ends) return null;
      at = after;
      continue;
    }
    const length = code === lineFeed || code === carriageReturn ? lineEnds.lengthAt(at) : 0;
    if (length > 0) {
      if (at > start) lines.add(start, at);
      at += length;
      start = at;
      cellStart = at;
      continue;
    }
    at += 1;
    if (code === parting) cellStart = at;
  }
  if (start < bytes.length) lines.add(start, bytes.length);
  return lines.found();
}

/** As the library has it, the first line end that is asked for counts for the whole file. */
function lineEndsOf(bytes: Buffer): { lengthAt(place: number): number } {
  let first = 0;
  let second = 0;
  return {
    lengthAt(place) {
      const code = bytes[place];
      if (first === 0 && (code === lineFeed || code === carriageReturn)) {
        first = code;
        second = code === carriageReturn && bytes[place + 1] === lineFeed ? lineFeed : 0;
      }
      if (code !== first) return 0;
      if (second === 0) return 1;
      return bytes[place + 1] === second ? 2 : 0;
    },
  };
}

/** Of each row that the library finds only its place is kept. */
function linesByLibrary(bytes: Buffer, delimiter: string): LinePlaces {
  const lines = collectPlaces(bytes);
  let lineEnd: Buffer | null = null;
  let before = 0;
  parse(bytes, {
    ...csvOptions,
    delimiter,
    on_record(_cells, { bytes: after }) {
      lineEnd ??= lineEndBefore(bytes, after);
      const end = isAt(bytes, lineEnd, after - lineEnd.length) ? after - lineEnd.length : after;
      let start = before;
      while (isAt(bytes, lineEnd, start)) start += lineEnd.length;
      lines.add(start, end);
      before = after;
      return null;
    },
  });
  return lines.found();
}

/** The line end with which the first row ends. */
function lineEndBefore(bytes: Buffer, after: number): Buffer {
  const text = bytes.toString('latin1', Math.max(after - 2, 0), after);
  return Buffer.from(/\r\n$|[\r\n]$/.exec(text)?.[0] ?? '');
}

function isAt(bytes: Buffer, text: Buffer, at: number): boolean {
  if (text.length === 0 || at < 0) return false;
  return bytes[at] === text[0] && (text.length === 1 || bytes[at + 1] === text[1]);
}
