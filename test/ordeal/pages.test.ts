import { expect, onTestFinished, test } from 'vitest';
import type { Offer } from '../../src/offers/offer.js';
import type { HttpClient } from '../../src/ports.js';
import { syncOffer } from '../../src/sync/sync-offer.js';
import type { BookFigures } from '../sandbox/book-row.js';
import { type Books, createBooks } from '../sandbox/books.js';
import { asBookRows } from '../sandbox/expected-rows.js';
import { type Programme, startProgramme } from '../sandbox/programme.js';
import type { AffilkaLink } from '../sandbox/report-links.js';
import { openReader, type Reader } from './reader.js';

const now = '2026-11-19T08:20:00.000Z';
const window = { from: '2026-11-01', to: '2026-11-12' };
const days = Array.from({ length: 12 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);

function figures(ngr: string): BookFigures {
  const counts = { clicks: 9, registrations: 3, ftds: 2, depositors: 2, prequalified: 1, qualified: 1 };
  const none = { ftdAmount: '0.00', deposits: '0.00', commission: '0.00', cpaIncome: '0.00' };
  return { ...counts, ...none, ngr };
}

interface Desk {
  readonly reader: Reader;
  readonly programme: Programme;
  readonly books: Books;
  readonly offer: Offer;
  readonly url: string;
}

/** One row a day, three rows a page. */
async function openDesk(link: AffilkaLink = {}): Promise<Desk> {
  const reader = await openReader(now);
  onTestFinished(() => reader.close());
  const books = createBooks({ generated: false });
  for (const [index, day] of days.entries()) books.set(day, '12', '3456', 'EUR', figures(`${index + 1}.25`));
  const programme = await startProgramme({ now: reader.clock.now, books, perPage: 3 });
  onTestFinished(() => programme.close());
  const url = programme.urls.affilkaReportUrl(link);
  return { reader, programme, books, url, offer: await reader.addOffer('affilka', { url }, null) };
}

/** Reads the window; `between` is called before each request with its number, from 1. */
async function read(desk: Desk, between: (request: number) => void = () => {}): Promise<string> {
  const { core } = desk.reader;
  let requests = 0;
  const http: HttpClient = {
    get(request) {
      requests += 1;
      between(requests);
      return core.http.get(request);
    },
  };
  const task = { offerId: desk.offer.id, ...window, reason: 'manual', progress: null } as const;
  const outcome = await syncOffer({ ...core, http }, task, 2);
  return outcome.kind === 'failed' ? outcome.problem.what : outcome.kind;
}

async function expectBooks(desk: Desk): Promise<void> {
  const stored = await desk.reader.core.stores.figures.rows(desk.offer.id, window.from, window.to);
  const expected = desk.programme.expectedRows(desk.url, { ...window, now, ratesDay: '2026-11-19' });
  expect(asBookRows(stored)).toEqual(expected);
}

test.each([
  ['states its pages', false],
  ['states nothing', true],
] as const)(
  'rows that move between pages while they are read are read again, where the source %s',
  async (_, statesNothing) => {
    const desk = await openDesk();
    if (statesNothing) desk.programme.faults.set('missing-total-pages');
    const outcome = await read(desk, (request) => {
      if (request === 3) desk.books.set('2026-11-01', '12', '3457', 'EUR', figures('500.00'));
    });
    expect(outcome).toBe('good');
    await expectBooks(desk);
  },
);

test('a row that is taken out while the pages are read makes no other row go missing', async () => {
  const desk = await openDesk();
  const outcome = await read(desk, (request) => {
    if (request === 2) desk.books.removeRow('2026-11-02', '12', '3456', 'EUR');
  });
  expect(outcome).toBe('good');
  await expectBooks(desk);
});

test('a report that changes each time it is read is refused, and nothing of it is stored', async () => {
  const desk = await openDesk();
  const outcome = await read(desk, (request) => {
    if (request % 2 === 0) desk.books.set('2026-11-01', '12', String(9000 + request), 'EUR', figures('1.00'));
  });
  expect(outcome).toBe('The report cannot be read: it changed while its pages were read.');
  expect(await desk.reader.core.stores.figures.countRows(desk.offer.id)).toBe(0);
});

test('a source that answers each page with the first is never taken for a short report', async () => {
  for (const statesNothing of [false, true]) {
    const desk = await openDesk();
    desk.programme.faults.set('repeated-page');
    if (statesNothing) desk.programme.faults.set('missing-total-pages');
    expect(await read(desk)).toMatch(/page 2 was asked for, and page 1 came/i);
    expect(desk.programme.requests.total).toBeLessThanOrEqual(6);
  }
});

test('rows that the source itself repeats on another page count once', async () => {
  const desk = await openDesk();
  desk.programme.faults.set('duplicate-rows');
  expect(await read(desk)).toBe('good');
  await expectBooks(desk);
});

interface Line {
  readonly promo: number;
  readonly ngr: string;
  readonly other?: string;
}

/** Serves lines of one day and campaign, one a page, split by a grouping that is not kept. */
async function readLines(desk: Desk, lines: readonly Line[]): Promise<string> {
  const http: HttpClient = {
    async get({ url }) {
      const page = Number(new URL(url).searchParams.get('page'));
      const { promo, ngr, other = '' } = lines[page - 1] ?? { promo: 0, ngr: '0' };
      const row = {
        date: '2026-11-01',
        brand_id: 12,
        campaign_id: 3456,
        promo_id: promo,
        currency: 'EUR',
        ngr,
        other,
      };
      const answer = {
        rows: { data: [row] },
        current_page: page,
        total_pages: lines.length,
        total_count: lines.length,
      };
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)), loginRedirect: false };
    },
  };
  const task = { offerId: desk.offer.id, ...window, reason: 'manual', progress: null } as const;
  const outcome = await syncOffer({ ...desk.reader.core, http }, task, 2);
  if (outcome.kind === 'failed') return outcome.problem.what;
  const [row] = await desk.reader.core.stores.figures.rows(desk.offer.id, window.from, window.to);
  return String(row?.figures.ngr);
}

test('parts of one row on several pages are added up, equal ones too', async () => {
  const desk = await openDesk();
  const parts = [
    { promo: 1, ngr: '10.50' },
    { promo: 2, ngr: '10.50' },
    { promo: 3, ngr: '4.00' },
  ];
  expect(await readLines(desk, parts)).toBe('250000');
});

test('two different rows of one key on two pages are refused, also where only an unread cell differs', async () => {
  const desk = await openDesk();
  const reason = 'The report cannot be read: there are two different rows for 2026-11-01, 12, on two pages.';
  expect(
    await readLines(desk, [
      { promo: 1, ngr: '10.50' },
      { promo: 1, ngr: '11.50' },
    ]),
  ).toBe(reason);
  const unread = [
    { promo: 1, ngr: '10.50', other: 'a' },
    { promo: 1, ngr: '10.50', other: 'b' },
  ];
  expect(await readLines(desk, unread)).toBe(reason);
});
