import { parse } from 'csv-parse/sync';
import { brokenCsv, cutHeadings, noKnownHeading } from '../../problems/unreadable-report.js';
import { byteLines } from './byte-lines.js';
import { findTable, mostLinesAbove } from './find-table.js';
import { countKnownHeadings } from './headings.js';
import { csvOptions, findLines } from './line-places.js';
import { type Lines, plainLines } from './lines.js';
import type { Table } from './table.js';

/** The last letters of a file, which tell whether it ends in the middle of a line. */
const endLength = 100;
/** The headings of a large file stand within so many bytes. */
const searched = 4_000_000;
/** Mostly within these. */
const searchedFirst = 100_000;

const delimiters = [',', ';', '\t', '|'] as const;

interface HeadingLine {
  readonly start: number;
  readonly text: string;
}

function firstLines(text: string): readonly HeadingLine[] {
  const lines: HeadingLine[] = [];
  let start = 0;
  while (lines.length < mostLinesAbove && start < text.length) {
    const length = text.slice(start, start + 100_000).search(/[\r\n]/);
    const end = length < 0 ? text.length : start + length;
    lines.push({ start, text: text.slice(start, end) });
    start = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
  return lines;
}

/** Splits a line outside quotes: enough to know headings, not to read rows. */
function splitLine(line: string, delimiter: string): readonly string[] {
  const cells = [''];
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) cells.push('');
    else cells[cells.length - 1] += letter;
  }
  return cells;
}

/** The line and the delimiter that give the most known headings. */
function findHeadingLine(text: string): { readonly start: number; readonly delimiter: string } {
  let best = { start: 0, delimiter: ',', known: 0, cells: 0 };
  for (const line of firstLines(text)) {
    for (const delimiter of delimiters) {
      const cells = splitLine(line.text, delimiter);
      const known = countKnownHeadings(cells);
      if (
        known > best.known ||
        (known === best.known && line.start === best.start && cells.length > best.cells)
      ) {
        best = { start: line.start, delimiter, known, cells: cells.length };
      }
    }
  }
  if (best.known === 0) throw noKnownHeading();
  return best;
}

function refuseBroken(error: unknown): never {
  const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 0;
  throw brokenCsv(line);
}

function readLines(text: string, delimiter: string): Lines {
  try {
    return plainLines(parse(text, { ...csvOptions, delimiter }));
  } catch (error) {
    return refuseBroken(error);
  }
}

function readLargeLines(bytes: Buffer, delimiter: string): Lines {
  try {
    return byteLines(bytes, delimiter, findLines(bytes, delimiter));
  } catch (error) {
    return refuseBroken(error);
  }
}

/** Reads comma, semicolon or tab separated text, with lines above the headings or without. */
export function parseCsv(text: string): Table {
  const { start, delimiter } = findHeadingLine(text);
  return tableOf(
    readLines(text.slice(start), delimiter),
    text.slice(-endLength),
    /[\r\n]/.test(text.slice(start)),
  );
}

/** The same from the bytes of a large file, which must be UTF-8 without a mark: its lines stay there. */
export function parseLargeCsv(bytes: Buffer): Table {
  const beginning = beginningOf(bytes);
  const { start, delimiter } = findHeadingLine(beginning);
  const below = bytes.subarray(Buffer.byteLength(beginning.slice(0, start)));
  const end = bytes.toString('utf8', bytes.length - endLength);
  return tableOf(readLargeLines(below, delimiter), end, below.includes('\n') || below.includes('\r'));
}

/** All lines that may be those of the headings. */
function beginningOf(bytes: Buffer): string {
  const text = bytes.toString('utf8', 0, searchedFirst);
  const ends = text.match(/\r\n|[\r\n]/g) ?? [];
  return ends.length > mostLinesAbove ? text : bytes.toString('utf8', 0, searched);
}

function tableOf(lines: Lines, end: string, hasLineEnd: boolean): Table {
  const table = findTable(lines, { usualMark: null, openEnd: !/[\r\n"]\s*$/.test(end) });
  if (table.rows.length === 0 && !hasLineEnd) throw cutHeadings();
  return table;
}
