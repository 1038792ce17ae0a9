import { figureFields, isMoneyField } from '../../figures.js';
import { mayRepeatKeys } from '../scan-keys.js';
import type { Cells } from './cells.js';
import { affilkaColumns, isFinerGroup } from './columns.js';

/** What a value says: the day, a figure, part of the row's labels (brand, campaign, currency), or nothing that is read. */
export type Role =
  | { readonly is: 'day' }
  | { readonly is: 'label' }
  | { readonly is: 'other' }
  | { readonly is: 'figure'; readonly place: number; readonly isMoney: boolean; readonly mayBeNull: boolean };

/** `words` are the bytes again, by fours and little-endian, as far as they go. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

/** A row as it is written, less its values: rows of one report repeat all but those. */
export interface RowPattern {
  /** What stands before each value, and after the last one. */
  readonly parts: readonly Part[];
  readonly roles: readonly Role[];
  /** The places of the labels among the values. */
  readonly labels: readonly number[];
  /** Where each value belongs: its column, and the key in an amount's object, which may be ''; `null` for a bare value. */
  readonly places: readonly Pick<Value, 'column' | 'key'>[];
  /** All that a row has, with `null` for each value. */
  readonly cells: Cells;
  readonly columns: ReadonlySet<string>;
  readonly dayColumn: 'date' | 'day';
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly column: string;
  /** The key inside an amount's object, which may be ''; `null` for a bare value. */
  readonly key: string | null;
  readonly cell: number;
}

const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|null|true|false|[[\]{}:,]|\s+/y;
const labelColumns = new Set(
  ['brand', 'campaign'].flatMap((group) => [group, `${group}_id`, `${group}_name`]).concat('currency'),
);

/**
 * The pattern of one row: a list of `{ name, value, … }`. `null` for what is better read without one: other shapes, a
 * column named twice, a finer grouping, an amount in cents alone.
 */
export function patternOf(row: Uint8Array): RowPattern | null {
  const values = valuesOf(Buffer.from(row.buffer, row.byteOffset, row.byteLength).toString('latin1'));
  if (values === null || mayRepeatKeys(row, 4) !== false) return null;
  const columns = new Set(values.map((value) => value.column));
  if (columns.size !== new Set(values.map((value) => value.cell)).size) return null;
  if ([...columns].some(isFinerGroup)) return null;
  const dayColumn = columns.has('date') ? 'date' : 'day';
  const roles = values.map((value) => roleOf(value, dayColumn));
  const figures = roles.flatMap((role) => (role.is === 'figure' ? [role.place] : []));
  const wanted = figureFields.filter((field) => columns.has(affilkaColumns[field]));
  const isWhole = figures.length === wanted.length && roles.filter(({ is }) => is === 'day').length === 1;
  if (!isWhole) return null;
  const ends = [0, ...values.map((value) => value.end)];
  return {
    parts: ends.map((end, index) => partOf(row, end, values[index]?.start ?? row.length)),
    roles,
    columns,
    labels: roles.flatMap((role, index) => (role.is === 'label' ? [index] : [])),
    places: values.map(({ column, key }) => ({ column, key })),
    cells: emptyCells(values),
    dayColumn,
  };
}

function emptyCells(values: readonly Value[]): Cells {
  const cells = new Map<string, unknown>();
  for (const { column, key } of values) putValue(cells, { column, key }, null);
  return cells;
}

export function putValue(
  cells: Map<string, unknown>,
  { column, key }: Pick<Value, 'column' | 'key'>,
  value: unknown,
): void {
  cells.set(column, key === null ? value : { ...(cells.get(column) ?? {}), [key]: value });
}

function partOf(row: Uint8Array, start: number, end: number): Part {
  const bytes = Uint8Array.from(row.subarray(start, end));
  const view = new DataView(bytes.buffer);
  const words = Int32Array.from({ length: bytes.length >> 2 }, (_, word) => view.getInt32(4 * word, true));
  return { bytes, words };
}

function roleOf({ column, key }: Value, dayColumn: string): Role {
  if (column === dayColumn) return { is: key === null ? 'day' : 'label' };
  if (labelColumns.has(column)) return { is: 'label' };
  const place = figureFields.findIndex((field) => affilkaColumns[field] === column);
  const field = figureFields[place];
  if (field === undefined) return { is: 'other' };
  if (!isMoneyField(field)) {
    return key === null ? { is: 'figure', place, isMoney: false, mayBeNull: true } : { is: 'other' };
  }
  // Beside an amount of null there may be one in cents.
  if (key === null || key === 'amount') {
    return { is: 'figure', place, isMoney: true, mayBeNull: key === null };
  }
  return { is: key === 'currency' ? 'label' : 'other' };
}

/** Where the values stand in the text of a row; `null` for a row of another shape. */
function valuesOf(text: string): Value[] | null {
  const values: Value[] = [];
  let keys: string[] = [];
  let cell = 0;
  let name: string | null = null;
  let found: Omit<Value, 'column'>[] = [];
  let depth = 0;
  let keyIsNext = false;
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const word = token.exec(text)?.[0];
    if (word === undefined || word.includes('\\')) return null;
    const first = word.charAt(0);
    if (first === '[' ? depth > 0 : first === '{' ? depth < 1 || depth > 2 : false) return null;
    if (first === '[' || first === '{') {
      depth += 1;
      keyIsNext = first === '{';
    } else if (first === '}') {
      depth -= 1;
      keys = keys.slice(0, depth - 1);
      if (depth > 1) continue;
      if (name === null || found.length === 0) return null;
      for (const value of found) values.push({ ...value, column: name });
      [name, found, cell] = [null, [], cell + 1];
    } else if (first === ',') {
      keyIsNext = depth > 1;
    } else if (first === '"' && keyIsNext) {
      keys = [...keys.slice(0, depth - 2), word.slice(1, -1)];
      keyIsNext = false;
    } else if (first !== ':' && first !== ']' && word.trim() !== '') {
      const [outer = '', inner = null] = keys;
      if (depth < 2 || (depth === 3 && outer !== 'value')) return null;
      if (outer === 'value') found.push({ start: at, end: token.lastIndex, key: inner, cell });
      if (outer === 'name') name = first === '"' ? word.slice(1, -1) : null;
    }
  }
  return values;
}
