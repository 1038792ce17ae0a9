import { expect, test } from 'vitest';
import { addDays, type Instant } from '../../src/dates.js';
import type { SourceRow } from '../../src/figures.js';
import type { BookFigures } from './book-row.js';
import { createBooks } from './books.js';
import { convertAmount, fromUnits, toUnits } from './currencies.js';
import { asBookRows } from './expected-rows.js';

const later: Instant = '2026-11-19T08:20:00.000Z';
const long: Instant = '2027-06-01T00:00:00.000Z';

const figures: BookFigures = {
  clicks: 10,
  registrations: 4,
  ftds: 2,
  depositors: 3,
  prequalified: null,
  qualified: 1,
  ftdAmount: '40.00',
  deposits: '120.50',
  ngr: '-12.34',
  commission: '0.00',
  cpaIncome: null,
};

test('the books are a function of seed, day and time', () => {
  const window = { from: '2026-10-01', to: '2026-11-19', now: later };
  expect(createBooks({ seed: 7 }).rows(window)).toEqual(createBooks({ seed: 7 }).rows(window));
  expect(createBooks({ seed: 7 }).rows(window)).not.toEqual(createBooks({ seed: 8 }).rows(window));
});

test('a day fills up for two days and never loses clicks meanwhile', () => {
  const books = createBooks();
  const day = '2026-10-08';
  const at = (hour: number) => new Date(Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000).toISOString();
  const seen = [1, 6, 12, 24, 30, 48].map((hour) => books.row(day, '12', '3456', 'EUR', at(hour)));
  const clicks = seen.map((row) => row?.figures.clicks ?? 0);
  const registrations = seen.map((row) => row?.figures.registrations ?? 0);

  expect(clicks).toEqual([...clicks].sort((one, other) => one - other));
  expect(clicks.at(3)).toBe(clicks.at(-1));
  expect(registrations.at(3)).toBeLessThan(registrations.at(-1) ?? 0);
});

test('some old days are restated: FTD taken back, NGR corrected', () => {
  const books = createBooks();
  const window = { from: '2026-06-01', to: '2026-08-31' };
  const pairs = books.rows({ ...window, now: long }).flatMap((final) => {
    const settled: Instant = `${addDays(final.day, 3)}T00:00:00.000Z`;
    const before = books.row(final.day, final.brandId, final.campaignId, final.currency, settled);
    return before ? [{ before: before.figures, after: final.figures }] : [];
  });

  expect(pairs.filter(({ before, after }) => (after.ftds ?? 0) < (before.ftds ?? 0)).length).toBeGreaterThan(
    10,
  );
  expect(pairs.filter(({ before, after }) => after.ngr !== before.ngr).length).toBeGreaterThan(50);
});

test('the figures hold together: FTD within registrations, commission is share of NGR plus CPA', () => {
  const rows = createBooks().rows({ from: '2026-01-01', to: '2026-11-19', now: later });
  const newsletter = rows.filter((row) => row.campaignId === '3502');
  const wrong = rows.filter(
    ({ figures: { clicks, registrations, ftds, qualified } }) =>
      (registrations ?? 0) > (clicks ?? 0) ||
      (ftds ?? 0) > (registrations ?? 0) ||
      (qualified ?? 0) > (ftds ?? 0),
  );

  expect(wrong).toEqual([]);
  expect(newsletter.every((row) => row.figures.commission === row.figures.cpaIncome)).toBe(true);
  expect(rows.filter((row) => row.figures.ngr?.startsWith('-')).length).toBeGreaterThan(100);
  expect(rows.filter((row) => row.figures.clicks === 0).length).toBeGreaterThan(10);
});

test('a late day is not in the books at its end and is there the next evening', () => {
  const books = createBooks();
  const shown = (day: string, now: Instant) => books.rows({ from: day, to: day, now, brands: ['12'] }).length;
  const days = Array.from({ length: 200 }, (_, index) => addDays('2026-02-01', index));
  const late = days.filter((day) => shown(day, `${addDays(day, 1)}T00:00:00.000Z`) === 0);

  expect(late.length).toBeGreaterThan(2);
  expect(late.length).toBeLessThan(20);
  expect(late.filter((day) => shown(day, `${addDays(day, 1)}T18:00:00.000Z`) === 0)).toEqual([]);
});

test('what is set, restated and removed stands over what is made up', () => {
  const books = createBooks();
  const day = '2026-10-08';
  const row = () => books.row(day, '12', '3456', 'EUR', later)?.figures;
  const made = row();

  books.set(day, '12', '3456', 'EUR', figures);
  expect(row()).toEqual(figures);
  books.restate(day, '12', '3456', 'EUR', { ngr: '-50.00', ftds: 1 }, later);
  expect(row()).toEqual({ ...figures, ngr: '-50.00', ftds: 1 });
  books.removeRow(day, '12', '3456', 'EUR');
  expect(row()).toBeUndefined();
  expect(books.rows({ from: day, to: day, now: later })).not.toEqual([]);
  books.removeDay(day);
  expect(books.rows({ from: day, to: day, now: later })).toEqual([]);
  books.restoreDay(day);
  expect(row()).toEqual(made);
});

test('books that make nothing up hold what was set and refuse money finer than its currency', () => {
  const books = createBooks({ generated: false });
  const day = '2026-10-08';
  const window = { from: '2026-01-01', to: '2026-11-19', now: later };
  expect(books.rows(window)).toEqual([]);
  expect(() => books.set(day, 'b1', 'c1', 'JPY', figures)).toThrow('not JPY: 40.00');
  books.set(day, 'b1', 'c1', 'EUR', figures);
  expect(books.rows(window)).toEqual([
    {
      day,
      brandId: 'b1',
      brand: 'Brand b1',
      campaignId: 'c1',
      campaign: 'Campaign c1',
      currency: 'EUR',
      figures,
    },
  ]);
});

test('stored rows read as the books write them', () => {
  const books = createBooks({ generated: false });
  books.set('2026-10-08', '12', '3456', 'EUR', figures);
  const stored: SourceRow = {
    day: '2026-10-08',
    brandId: '12',
    brand: 'Lucky Star',
    campaignId: '3456',
    campaign: 'Main',
    currency: 'EUR',
    figures: {
      ...{ clicks: 10, registrations: 4, ftds: 2, depositors: 3, prequalified: null, qualified: 1 },
      ...{ ftdAmount: 400_000n, deposits: 1_205_000n, ngr: -123_400n, commission: 0n, cpaIncome: null },
    },
  };
  expect(asBookRows([stored])).toEqual(books.rows({ from: '2026-10-08', to: '2026-10-08', now: later }));
});

test('amounts keep every unit and convert by cross rates, halves away from zero', () => {
  expect(fromUnits(toUnits('-0.00000001', 'BTC'), 'BTC')).toBe('-0.00000001');
  expect(fromUnits(toUnits('-5', 'EUR'), 'EUR')).toBe('-5.00');
  expect(convertAmount('12.35', 'EUR', 'EUR', '2026-10-01')).toBe('12.35');
  expect(convertAmount('1.00', 'EUR', 'JPY', '2026-10-01')).toMatch(/^1[56]\d$/);
});
