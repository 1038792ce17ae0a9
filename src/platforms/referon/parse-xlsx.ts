import { brokenSpreadsheet, noKnownHeading } from '../../problems/unreadable-report.js';
import { checkZip } from './check-zip.js';
import { findTable, mostLinesAbove } from './find-table.js';
import { countKnownHeadings } from './headings.js';
import { plainLines } from './lines.js';
import { type Cell, cellText, type ExactNumber, type Table } from './table.js';

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || value instanceof Date) return value;
  if (typeof value === 'object' && 'decimal' in value && typeof value.decimal === 'string') {
    return { decimal: value.decimal };
  }
  return { odd: value };
}

/** The library is large and most reports are not spreadsheets, so it is loaded when one comes. */
async function readSheets(body: Uint8Array): Promise<readonly (readonly (readonly Cell[])[])[]> {
  const { default: readExcelFile } = await import('read-excel-file/universal');
  try {
    const bytes = new Uint8Array(body).buffer;
    const sheets = await readExcelFile<ExactNumber>(bytes, { parseNumber: (decimal) => ({ decimal }) });
    return sheets.map((sheet) => sheet.data.map((row) => row.map(cellOf)));
  } catch {
    throw brokenSpreadsheet();
  }
}

function hasHeadings(grid: readonly (readonly Cell[])[]): boolean {
  return grid.slice(0, mostLinesAbove).some((cells) => countKnownHeadings(cells.map(cellText)) > 0);
}

/** Reads the first sheet that has known headings. Numbers keep the digits that the file holds. */
export async function parseXlsx(body: Uint8Array): Promise<Table> {
  checkZip(body);
  const grid = (await readSheets(body)).find(hasHeadings);
  if (grid === undefined) throw noKnownHeading();
  return findTable(plainLines(grid), { usualMark: null, openEnd: false });
}
