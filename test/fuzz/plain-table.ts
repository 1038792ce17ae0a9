import { countKnownHeadings } from '../../src/platforms/referon/headings.js';
import { isNumber, type Json, readExactJson } from './exact-json.js';
import { none, unsure } from './truth.js';

/** A cell as text, or as a number whose digits are certain. */
export type PlainCell = string | { readonly exact: string };

export interface PlainTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly PlainCell[])[];
  readonly isJson: boolean;
}

/** A number is named as programs write it: `-0` is `0`. */
export function cellWords(cell: PlainCell | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell.trim() : String(Number(cell.exact));
}

/** Reads separated values letter by letter; `null` where quotes stand wrong. */
function readSeparated(text: string, mark: string): string[][] | null {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let state: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
  const endCell = () => {
    line.push(cell);
    cell = '';
    state = 'start';
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (state === 'quoted') {
      if (letter !== '"') cell += letter;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else state = 'closed';
    } else if (letter === mark) endCell();
    else if (letter === '\n') {
      endCell();
      lines.push(line);
      line = [];
    } else if (letter === '"' && state === 'start') state = 'quoted';
    else if (letter === '"' || state === 'closed') return null;
    else {
      cell += letter;
      state = 'bare';
    }
  }
  if (state === 'quoted') return null;
  if (state !== 'start' || cell !== '' || line.length > 0) {
    endCell();
    lines.push(line);
  }
  return lines.filter((cells) => cells.length > 1 || cells[0] !== '');
}

function separated(text: string): PlainTable {
  if (/[\r\v\f\u2028\u2029\0]/.test(text)) unsure('another line end');
  const raw = text.split('\n').slice(0, 40);
  const found = [',', ';', '\t', '|'].flatMap((mark) =>
    raw.map((line, place) => {
      const cells = line.split(mark).map((cell) => cell.trim().replace(/^"|"$/g, ''));
      return { mark, place, known: countKnownHeadings(cells), line };
    }),
  );
  const best = found.toSorted((a, b) => b.known - a.known)[0];
  if (!best || best.known === 0) return none('no headings');
  if (best.line.includes('"')) unsure('quotes among the headings');
  const lines = readSeparated(text.split('\n').slice(best.place).join('\n'), best.mark);
  if (!lines) return none('broken quotes');
  const headings = (lines[0] ?? []).map((cell) => cell.trim());
  const rows = lines.slice(1).filter((cells) => cells.some((cell) => cell.trim() !== ''));
  for (const cells of rows) {
    const isShort = cells.length < headings.length;
    if (isShort || cells.slice(headings.length).some((cell) => cell.trim() !== ''))
      unsure('a row of another width');
  }
  return { headings, rows, isJson: false };
}

function listIn(json: Json, depth = 0): readonly Json[] | null {
  if (Array.isArray(json)) return json as readonly Json[];
  if (!(json instanceof Map) || depth > 2) return null;
  for (const key of ['data', 'rows', 'items', 'result', 'results']) {
    const list = listIn((json.get(key) as Json | undefined) ?? null, depth + 1);
    if (list) return list;
  }
  return null;
}

function fromJson(text: string): PlainTable {
  const json = readExactJson(text);
  const list = json && listIn(json.value);
  if (!list) return none('no list of rows');
  const headings: string[] = [];
  const rows = list.map((item) => {
    if (!(item instanceof Map)) return unsure('a row that is no object');
    const cells: PlainCell[] = [];
    for (const [heading, value] of item as ReadonlyMap<string, Json>) {
      if (!headings.includes(heading)) headings.push(heading);
      cells[headings.indexOf(heading)] = cellOf(value);
    }
    return cells;
  });
  return { headings, rows, isJson: true };
}

function cellOf(value: Json): PlainCell {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return isNumber(value) ? { exact: value.number } : '\u0001';
}

/** Headings and rows of a text, read by other code than the bot's. */
export function plainTable(text: string): PlainTable {
  const bare = text.replace(/^\ufeff/, '');
  const first = bare.trimStart().charAt(0);
  if (first === '' || first === '<') none('no report');
  return first === '{' || first === '[' ? fromJson(bare) : separated(bare);
}
