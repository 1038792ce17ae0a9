import { oddDate } from './affilka-cells.js';
import type { Answer } from './answer.js';
import { csvText } from './csv.js';
import type { ActiveFaults } from './faults.js';
import { writeAmount, writeNumber } from './number-style.js';
import type { DateForm, ExportFormat } from './preset.js';
import type { Entry } from './referon-headings.js';
import type { Table } from './referon-table.js';
import { inWords } from './words.js';
import { type SheetCell, xlsx } from './xlsx.js';

const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function writeDay(day: string, form: DateForm, faults: ActiveFaults): string {
  if (faults.has('other-date-format')) return oddDate(day);
  const [year, month, date] = day.split('-');
  switch (form) {
    case 'iso':
    case 'sheet-date':
      return day;
    case 'iso-time':
      return `${day} 00:00:00`;
    case 'day-first':
      return `${date}/${month}/${year}`;
    case 'dotted':
      return `${date}.${month}.${year}`;
  }
}

function writeEntry(entry: Entry, format: ExportFormat, faults: ActiveFaults): string {
  const style = faults.has('mixed-currencies') ? 'signed' : format.numbers;
  switch (entry.kind) {
    case 'text':
      return entry.text;
    case 'missing':
      return format.missing;
    case 'date':
      return writeDay(entry.day, format.dates, faults);
    case 'count':
      return faults.has('numbers-in-words') ? inWords(entry.text) : writeNumber(entry.text, style);
    case 'amount':
      return faults.has('numbers-in-words')
        ? inWords(entry.text)
        : writeAmount(entry.text, entry.currency, style);
  }
}

/** True for a figure that goes out as a number and not as text. */
function isTyped(entry: Entry, format: ExportFormat, faults: ActiveFaults): boolean {
  const figure = entry.kind === 'count' || entry.kind === 'amount';
  return figure && format.typedNumbers && !faults.has('numbers-in-words') && !faults.has('mixed-currencies');
}

function sheetCell(entry: Entry, format: ExportFormat, faults: ActiveFaults): SheetCell {
  if (entry.kind === 'date' && format.dates === 'sheet-date' && !faults.has('other-date-format')) {
    return { kind: 'date', day: entry.day };
  }
  if ((entry.kind === 'count' || entry.kind === 'amount') && isTyped(entry, format, faults)) {
    return { kind: 'number', text: entry.text };
  }
  const written = writeEntry(entry, format, faults);
  return written === '' ? { kind: 'blank' } : { kind: 'text', text: written };
}

function jsonValue(entry: Entry, format: ExportFormat, faults: ActiveFaults): unknown {
  if (entry.kind === 'missing' && format.missing === '') return null;
  const typed = (entry.kind === 'count' || entry.kind === 'amount') && isTyped(entry, format, faults);
  return typed ? Number(entry.text) : writeEntry(entry, format, faults);
}

function jsonText(table: Table, format: ExportFormat, faults: ActiveFaults): string {
  const rows = table.rows.map((row) =>
    Object.fromEntries(row.map((entry, at) => [table.headings[at] ?? '', jsonValue(entry, format, faults)])),
  );
  return JSON.stringify(format.wrapper === null ? rows : { [format.wrapper]: rows });
}

function fileAnswer(type: string, name: string, body: Uint8Array): Answer {
  const headers = { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` };
  return { status: 200, headers, body };
}

/** The table as the file that a preset asks for. */
export function writeTable(table: Table, format: ExportFormat, faults: ActiveFaults): Answer {
  if (format.kind === 'json') {
    const body = Buffer.from(jsonText(table, format, faults));
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  if (format.kind === 'xlsx') {
    const headings = table.headings.map((heading): SheetCell => ({ kind: 'text', text: heading }));
    const rows = table.rows.map((row) => row.map((entry) => sheetCell(entry, format, faults)));
    return fileAnswer(spreadsheetType, 'report.xlsx', xlsx([headings, ...rows]));
  }
  const rows = table.rows.map((row) => row.map((entry) => writeEntry(entry, format, faults)));
  const wide = format.encoding === 'utf-16le';
  const style = { ...format, byteOrderMark: format.byteOrderMark || wide };
  const written = csvText([table.headings, ...rows], style);
  return fileAnswer('text/csv', 'report.csv', Buffer.from(written, wide ? 'utf16le' : 'utf8'));
}
