import { emptyAnswer } from '../../problems/unreadable-report.js';
import { noRows } from '../../source-rows.js';
import { bodyText } from '../body-text.js';
import { markupProblem } from '../other-answer.js';
import type { ParseContext, ReportPage } from '../platform.js';
import { parseCsv } from './parse-csv.js';
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
  const text = bodyText(body, 'windows-1252');
  const first = text.trimStart().charAt(0);
  if (first === '') throw emptyAnswer();
  if (first === '<') throw markupProblem(text, referonSource);
  return first === '{' || first === '[' ? parseJson(text) : parseCsv(text);
}

const emptyPage: ReportPage = {
  rows: noRows,
  sourceRows: 0,
  page: 1,
  totalPages: 1,
  present: [],
  groups: { day: false, brand: false, campaign: false, currency: false },
  warnings: [],
};
