import { parse } from 'csv-parse/sync';
import { brokenCsv, cutHeadings, noKnownHeading } from '../../problems/unreadable-report.js';
import { findTable, mostLinesAbove } from './find-table.js';
import { countKnownHeadings } from './headings.js';
import { type Line, packLine } from './packed-line.js';
import type { Table } from './table.js';

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

/** Letters of a file whose lines are worth the time of packing them. */
const large = 2_000_000;

function readCsv(text: string, delimiter: string): Line[] {
  const options = { delimiter, relax_column_count: true, skip_empty_lines: true } as const;
  try {
    if (text.length <= large) return parse(text, options);
    const lines: string[] = [];
    const on_record = (cells: readonly string[]) => {
      lines.push(packLine(cells));
      return null;
    };
    parse(text, { ...options, on_record });
    return lines;
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 0;
    throw brokenCsv(line);
  }
}

/** Reads comma, semicolon or tab separated text, with lines above the headings or without. */
export function parseCsv(text: string): Table {
  const { start, delimiter } = findHeadingLine(text);
  const grid = readCsv(text.slice(start), delimiter);
  const openEnd = !/[\r\n"]\s*$/.test(text.slice(-100));
  const table = findTable(grid, { usualMark: null, openEnd });
  if (table.rows.length === 0 && !/[\r\n]/.test(text.slice(start))) throw cutHeadings();
  return table;
}
