import { stringify } from 'csv-stringify/sync';
import type { Attachment } from '../card.js';
import { type FigureField, isMoneyField } from '../figures.js';
import { amountText } from '../money.js';
import type { GroupKey } from '../sync/figure-store.js';
import { figureValue } from './figure-value.js';
import { fileName } from './grouping.js';
import type { ReportInput, ReportRow } from './report.js';
import { reportRows } from './report-rows.js';

/** One row a group: exact decimals, "" for what is not available, text that no spreadsheet runs. */
export function reportCsv(input: ReportInput): string {
  const { by, fields } = input;
  const columns = [...textColumns(by), 'currency', ...fields.map(fileName), 'state'];
  const records = reportRows(input).map((row) => [
    ...textCells(row, by).map(harmlessText),
    harmlessText(row.currency),
    ...fields.map((field) => numberCell(row, field)),
    row.state,
  ]);
  // A lone carriage return would split a row for some readers.
  return stringify([columns, ...records], { quoted_match: /[\r\n]/ });
}

const byteOrderMark = '\uFEFF';

/**
 * The file to send. Excel takes a file without a byte order mark for its own old code page and garbles every name beyond
 * ASCII; scripts trip over a mark in front of the first heading. So it is there only when a name needs it.
 */
export function csvFile(text: string, name: string): Attachment {
  const isPlain = !/[\u0080-\uFFFF]/.test(text);
  return {
    name,
    mediaType: 'text/csv; charset=utf-8',
    content: new TextEncoder().encode(isPlain ? text : byteOrderMark + text),
  };
}

function textColumns(by: readonly GroupKey[]): string[] {
  return [
    ...(isDated(by) ? ['date'] : []),
    ...(['offer', 'brand', 'campaign'] as const).filter((key) => by.includes(key)),
  ];
}

function textCells(row: ReportRow, by: readonly GroupKey[]): string[] {
  return [
    ...(isDated(by) ? [row.date ?? ''] : []),
    ...(by.includes('offer') ? [row.offer?.name ?? ''] : []),
    ...(by.includes('brand') ? [row.brand ?? ''] : []),
    ...(by.includes('campaign') ? [row.campaign ?? ''] : []),
  ];
}

function isDated(by: readonly GroupKey[]): boolean {
  return by.includes('day') || by.includes('month');
}

function numberCell(row: ReportRow, field: FigureField): string {
  const value = figureValue(row.figures, field);
  if (value === null) return '';
  return isMoneyField(field) ? amountText(value, row.currency) : value.toString();
}

/** The signs that start a formula, full-width twins included, and control characters that spreadsheets skip before one. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;
/** Where the list separator is a semicolon, a cell is cut there and its rest would be a cell of its own. */
const formulaAfterCut = /([;\t\r\n])(?=[=+\-@＝＋－＠])/g;

/** With an apostrophe in front, spreadsheets show the text and run nothing. */
export function harmlessText(text: string): string {
  const cut = text.replace(formulaAfterCut, "$1'");
  return formulaStart.test(cut) ? `'${cut}` : cut;
}
