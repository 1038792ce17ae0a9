import { gzipSync } from 'node:zlib';
import { addDays, type Day, daysBetween } from '../../src/dates.js';
import { usualColumns } from '../sandbox/affilka-columns.js';
import { affilkaReport } from '../sandbox/affilka-report.js';
import { type Books, createBooks } from '../sandbox/books.js';
import { usualFormat, usualPreset } from '../sandbox/preset.js';
import { referonTable } from '../sandbox/referon-table.js';
import { writeTable } from '../sandbox/write-table.js';
import { loadStart, type Span } from './load-pages.js';

/** Ends so long ago that every row shows. */
export function longSpan(days: number): Span {
  const to = addDays(loadStart.slice(0, 10), -10);
  return { from: addDays(to, 1 - days), to };
}

let made: { readonly rowsOfDay: number; readonly books: Books } | null = null;

function booksOf(rowsOfDay: number): Books {
  if (made?.rowsOfDay === rowsOfDay) return made.books;
  const campaigns = Array.from({ length: rowsOfDay }, (_, index) => {
    return { id: String(3456 + index), name: `Campaign ${index}`, size: 140, share: 35, cpa: 20 };
  });
  const brand = { id: '12', name: 'Lucky Star', currencies: ['EUR'], campaigns };
  made = { rowsOfDay, books: createBooks({ seed: 'large', brands: [brand] }) };
  return made.books;
}

/** One file of few columns, gzipped as programmes send it: 200,000 rows are within the limits of a body. */
export function narrowCsv(rowsOfDay: number, { from, to }: Span): Buffer {
  const columns = ['Unique Click Count', 'Reg. Count', 'FTD Count', 'Deposits', 'NGR', 'Total Reward'];
  const preset = { ...usualPreset, columns };
  const table = referonTable(booksOf(rowsOfDay), preset, from, to, loadStart, new Map());
  return gzipSync(writeTable(table, usualFormat, new Map()).body);
}

/** A page of a report that has a page for each of its days, as a programme answers it whose page is that long. */
export function pageOfDay(rowsOfDay: number, { from, to }: Span, page: number): Buffer {
  const pages = daysBetween(from, to).length;
  const day: Day = addDays(from, page - 1);
  const account = { enabledColumns: new Set(usualColumns), perPage: rowsOfDay };
  const query = {
    ...{ from: day, to: day, page: 1, columns: usualColumns, groups: ['day', 'brand', 'campaign'] as const },
    ...{ brands: [], currency: null, ratesDay: to },
  };
  const report = affilkaReport(booksOf(rowsOfDay), account, query, loadStart, new Map());
  const paging = { current_page: page, total_pages: pages, total_count: pages * rowsOfDay };
  return Buffer.from(JSON.stringify({ ...report, ...paging }));
}
