import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { importEmpty, importTooMany } from '../problems/offer.js';
import { ProblemError } from '../problems/problem.js';

const mostLines = 200;
const known = ['url', 'name', 'channel', 'currency', 'token'] as const;

export interface ImportLine {
  /** The line of the pasted text that it stands on, from 1. */
  readonly line: number;
  readonly url: string;
  readonly name?: string;
  readonly channel?: string;
  readonly currency?: string;
  readonly token?: string;
}

interface CsvRecord {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

/** Pasted lines or a CSV file as URLs to add. A first line that names the columns may put them in any order. */
export function readImportLines(text: string): readonly ImportLine[] {
  const records = readRecords(text.replace(/^\uFEFF/, ''));
  const header = records[0]?.record.map((cell) => cell.toLowerCase());
  const columns = header?.includes('url') ? header : null;
  const lines = records.slice(columns ? 1 : 0).map(({ info, record }): ImportLine => {
    const cells = columns ? record : urlFirst(record);
    const filled = (columns ?? known)
      .map((column, at) => [column, cells[at] ?? ''] as const)
      .filter(([column, value]) => value !== '' && (known as readonly string[]).includes(column));
    return { url: '', ...Object.fromEntries(filled), line: info.lines };
  });
  if (!lines.some(({ url }) => /[./]/.test(url))) throw new ProblemError(importEmpty());
  if (lines.length > mostLines) throw new ProblemError(importTooMany(lines.length, mostLines));
  return lines;
}

/** These lines again as text, each where it stood, so that verdicts keep naming the same lines. */
export function writeImportLines(lines: readonly ImportLine[]): string {
  const text: string[] = [];
  for (const line of lines) {
    while (text.length < line.line - 1) text.push('');
    text.push(stringify([known.map((column) => line[column] ?? '')]).trimEnd());
  }
  return text.join('\n');
}

function readRecords(text: string): readonly CsvRecord[] {
  // Several URLs on one line come from surfaces that fold line breaks.
  const unfolded = text.replace(/(https?:\/\/\S*[^\s,;])[ \t]+(?=https?:\/\/)/g, '$1\n');
  return parse(unfolded, {
    delimiter: delimiterOf(unfolded),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  }) as unknown as readonly CsvRecord[];
}

function delimiterOf(text: string): string {
  const first = text.trimStart().split('\n', 1)[0] ?? '';
  if (first.includes('\t')) return '\t';
  return /^"?[a-z]+"?;/i.test(first) || /;(?!.*[?&])/.test(first) ? ';' : ',';
}

/** A line without named columns: the URL first, or a name before it, `Lucky Star: https://…` and `1. https://…` too. */
function urlFirst(cells: readonly string[]): readonly string[] {
  const at = cells.findIndex((cell) => /https?:\/\//.test(cell));
  if (at < 0 || at > 1) return cells;
  const [, before = '', url = ''] = /^(.*?)(<?https?:\/\/.*)$/s.exec(cells[at] ?? '') ?? [];
  const name = [...cells.slice(0, at), before]
    .join(' ')
    .replace(/^\s*(?:\d+[.)]|[-*•])\s*/, '')
    .replace(/[\s:–—-]+$/, '');
  const rest = cells.slice(at + 1);
  return name === '' ? [url, ...rest] : [url, name, ...rest];
}
