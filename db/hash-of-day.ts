import { createHash, hash } from 'node:crypto';
import type { Day } from '../src/dates.js';
import { fieldCount } from '../src/source-rows.js';
import type { DayRows } from './day-rows.js';

const rowsAtOnce = 1000;
const wordsOfRow = fieldCount + 1;
const words = new Float64Array(rowsAtOnce * wordsOfRow);
const bytes = new Uint8Array(words.buffer);

/**
 * What a day's rows come to, whatever their order: never equal for other figures. Stored hashes may be of an older kind,
 * so days whose hashes differ may still be the same.
 */
export function hashOfDay(read: DayRows, day: Day): string {
  const rows = read.of(day);
  const { large } = read.rows;
  if (rows.length <= rowsAtOnce && large.size === 0)
    return shortened(hash('sha256', bytesOf(read, rows), 'base64'));
  const whole = createHash('sha256');
  for (let next = 0; next < rows.length; next += rowsAtOnce) {
    whole.update(bytesOf(read, rows.slice(next, next + rowsAtOnce)));
  }
  if (large.size > 0) whole.update(exactLarge(read, rows));
  return shortened(whole.digest('base64'));
}

/** 96 bits are more than enough to tell the days of an offer apart, and each of its days keeps one. */
function shortened(digest: string): string {
  return digest.slice(0, 16);
}

/** Each row's dimension, then its figures. Valid until the next call. */
function bytesOf(read: DayRows, rows: readonly number[]): Uint8Array {
  const { figures } = read.rows;
  let word = 0;
  for (const row of rows) {
    words[word] = read.idOf(row);
    const start = row * fieldCount;
    for (let field = 0; field < fieldCount; field += 1)
      words[word + 1 + field] = figures[start + field] ?? NaN;
    word += wordsOfRow;
  }
  return bytes.subarray(0, word * 8);
}

/** Figures beyond what a word holds exactly: there all of them are infinite. */
function exactLarge(read: DayRows, rows: readonly number[]): string {
  const { large } = read.rows;
  let text = '';
  for (const row of rows) {
    for (let field = 0; field < fieldCount; field += 1) {
      const figure = large.get(row * fieldCount + field);
      if (figure !== undefined) text += `${read.idOf(row)}:${field}:${figure};`;
    }
  }
  return text;
}
