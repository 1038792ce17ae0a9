import { isUtf8 } from 'node:buffer';
import { emptyAnswer } from '../../problems/unreadable-report.js';
import { noRows } from '../../source-rows.js';
import { bodyText } from '../body-text.js';
import { markupProblem } from '../other-answer.js';
import type { ParseContext, ReportPage } from '../platform.js';
import { parseCsv, parseLargeCsv } from './parse-csv.js';
import { parseJson } from './parse-json.js';
import { parseXlsx } from './parse-xlsx.js';
import { readPage } from './read-page.js';
import { referonSource } from './referon-source.js';
import type { Table } from './table.js';

const zipMark = [0x50, 0x4b, 0x03, 0x04];

/** Reads a ReferOn export: CSV, spreadsheet or JSON, told apart by its bytes. Throws a `ProblemError` for all else. */
export async function parseReferon(body: Uint8Array, context: ParseContext): Promise<ReportPage> {
  const table = await readTable(body);
  return table === null ? emptyPage : readPage(table, context);
}

/** `null` for a JSON list without rows: it tells nothing about the columns. */
async function readTable(body: Uint8Array): Promise<Table | null> {
  if (zipMark.every((byte, index) => body[index] === byte)) return parseXlsx(body);
  const bytes = largeCsv(body);
  if (bytes) return parseLargeCsv(bytes);
  const text = bodyText(body, 'windows-1252');
  const first = text.trimStart().charAt(0);
  if (first === '') throw emptyAnswer();
  if (first === '<') throw markupProblem(text, referonSource);
  if (first === '{' || first === '[') return parseJson(text);
  return text.length < large ? parseCsv(text) : parseLargeCsv(Buffer.from(text));
}

/** Bytes (or letters) of a file whose cells are not made all at once. */
const large = 100_000;

/** A large file that is UTF-8 and begins like text in columns: its bytes, without the mark; `null` for any other. */
function largeCsv(body: Uint8Array): Buffer | null {
  if (body.length < large || body.subarray(0, 4).includes(0) || !isUtf8(body)) return null;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const unmarked = bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;
  const first = unmarked.toString('utf8', 0, 1000).trimStart().charAt(0);
  return first === '' || '<{['.includes(first) ? null : unmarked;
}

const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);

const emptyPage: ReportPage = {
  rows: noRows,
  sourceRows: 0,
  page: 1,
  totalPages: 1,
  present: [],
  groups: { day: false, brand: false, campaign: false, currency: false },
  warnings: [],
};
