import { addDays, type Day } from '../../src/dates.js';
import { usualColumns } from '../sandbox/affilka-columns.js';
import { affilkaReport } from '../sandbox/affilka-report.js';
import { type Books, createBooks } from '../sandbox/books.js';
import { usualFormat, usualPreset } from '../sandbox/preset.js';
import { referonTable } from '../sandbox/referon-table.js';
import { writeTable } from '../sandbox/write-table.js';

export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** The sync thread has the system's clock, so the days are the last ones. */
export const loadStart = new Date().toISOString();
const yesterday = addDays(loadStart.slice(0, 10), -1);
export const wholeSpan: Span = { from: addDays(yesterday, -89), to: yesterday };
export const weekSpan: Span = { from: addDays(yesterday, -6), to: yesterday };

/** `restated`: 3 rows in 100 have another NGR. `huge`: far more rows, about 40 MB. */
export type PageKind = 'plain' | 'restated' | 'huge';

function booksOf(kind: PageKind, campaigns: number): Books {
  const brand = {
    id: '12',
    name: 'Lucky Star',
    currencies: ['EUR'],
    campaigns: Array.from({ length: campaigns }, (_, index) => {
      return { id: String(3456 + index), name: `Campaign ${index}`, size: 140, share: 35, cpa: 20 };
    }),
  };
  const books = createBooks({ seed: 'load', brands: [brand] });
  if (kind !== 'restated') return books;
  for (const [index, row] of books.rows({ ...wholeSpan, now: loadStart }).entries()) {
    if (index % 33 !== 7) continue;
    const ngr = row.figures.ngr === '1.00' ? '2.00' : '1.00';
    books.restate(row.day, row.brandId, row.campaignId, row.currency, { ngr }, loadStart);
  }
  return books;
}

/** One page with 4 rows a day: about 300 kB for 90 days. */
export function affilkaBody(kind: PageKind, { from, to }: Span): Buffer {
  const account = { enabledColumns: new Set(usualColumns), perPage: 1_000_000 };
  const groups = ['day', 'brand', 'campaign'] as const;
  const query = {
    from,
    to,
    columns: usualColumns,
    groups,
    brands: [],
    currency: null,
    ratesDay: to,
    page: 1,
  };
  const books = booksOf(kind, kind === 'huge' ? 560 : 4);
  return Buffer.from(JSON.stringify(affilkaReport(books, account, query, loadStart, new Map())));
}

/** The same size as CSV: 16 rows a day. */
export function referonBody(kind: PageKind, { from, to }: Span): Buffer {
  const table = referonTable(booksOf(kind, 16), usualPreset, from, to, loadStart, new Map());
  return Buffer.from(writeTable(table, usualFormat, new Map()).body);
}
