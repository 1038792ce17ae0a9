import { parse } from 'csv-parse/sync';
import { importEmpty, importTooMany } from '../problems/offer.js';
import { ProblemError } from '../problems/problem.js';

const mostLines = 200;
const known = ['url', 'name', 'channel', 'currency', 'token'] as const;

export interface ImportLine {
  readonly line: number;
  readonly url: string;
  readonly name?: string;
  readonly channel?: string;
  readonly currency?: string;
  readonly token?: string;
}

/** Pasted lines or a CSV file as URLs to add. A first line that names the columns may put them in any order. */
export function readImportLines(text: string): readonly ImportLine[] {
  // Several URLs on one line come from surfaces that fold line breaks.
  const unfolded = text.replace(/^\uFEFF/, '').replace(/\s+(?=https?:\/\/)/g, '\n');
  const records: string[][] = parse(unfolded, {
    delimiter: delimiterOf(unfolded),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  });
  const header = records[0]?.map((cell) => cell.toLowerCase());
  const named = header?.includes('url') ? header : null;
  const columns = named ?? known;
  const lines = records.slice(named ? 1 : 0).map((cells, index) => {
    const entries = columns.map((column, at) => [column, cells[at] ?? ''] as const);
    const filled = entries.filter(
      ([column, value]) => value !== '' && (known as readonly string[]).includes(column),
    );
    return { line: index + (named ? 2 : 1), ...Object.fromEntries(filled) } as ImportLine;
  });
  const usable = lines.filter((line) => line.url !== undefined);
  if (usable.length === 0 || !usable.some((line) => /[./]/.test(line.url)))
    throw new ProblemError(importEmpty());
  if (usable.length > mostLines) throw new ProblemError(importTooMany(usable.length, mostLines));
  return usable;
}

function delimiterOf(text: string): string {
  const first = text.split('\n', 1)[0] ?? '';
  if (first.includes('\t')) return '\t';
  return /^"?url"?;/i.test(first) || /;(?!.*[?&])/.test(first) ? ';' : ',';
}
