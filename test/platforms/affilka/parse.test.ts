import { describe, expect, test } from 'vitest';
import { bytes, fixture, readAffilka, refusal, window } from '../support/reading.js';

const november = window('2026-11-01', '2026-11-30');

function cells(row: Record<string, unknown>): unknown[] {
  return Object.entries(row).map(([name, value]) => ({ name, value, type: 'x' }));
}

function report(rows: readonly Record<string, unknown>[], more: object = {}): Uint8Array {
  return bytes(JSON.stringify({ rows: { data: rows.map(cells) }, ...more }));
}

const plain = { date: '2026-11-19T00:00:00.000Z', brand_id: 1, campaign_id: 2, currency: 'EUR', ngr: '5.00' };

async function onlyRow(row: Record<string, unknown>, more: object = {}) {
  const page = await readAffilka(report([row], more), november);
  const [read] = page.rows;
  if (read === undefined) throw new Error('no row was read');
  return read;
}

describe('an Affilka page', () => {
  test('gives rows with names, exact amounts and what it has columns for', async () => {
    const page = await readAffilka(fixture('affilka/two-days.json'), november);

    expect(page).toEqual({
      rows: [
        {
          day: '2026-11-18',
          brandId: '12',
          brand: 'Example Casino',
          campaignId: '3456',
          campaign: 'Main',
          currency: 'EUR',
          figures: {
            clicks: 120,
            registrations: 14,
            ftds: 3,
            depositors: null,
            prequalified: null,
            qualified: null,
            ftdAmount: null,
            deposits: 4_171_100n,
            ngr: -331_000n,
            commission: null,
            cpaIncome: null,
          },
        },
        {
          day: '2026-11-19',
          brandId: '12',
          brand: 'Example Casino',
          campaignId: '3456',
          campaign: 'Main',
          currency: 'USDT',
          figures: {
            clicks: 0,
            registrations: null,
            ftds: 0,
            depositors: null,
            prequalified: null,
            qualified: null,
            ftdAmount: null,
            deposits: 700_000_000n,
            ngr: 1_250_000_000n,
            commission: 1_250_000_000n,
            cpaIncome: null,
          },
        },
      ],
      sourceRows: 2,
      page: 1,
      totalPages: 1,
      present: ['clicks', 'registrations', 'ftds', 'deposits', 'ngr', 'commission'],
      groups: { day: true, brand: true, campaign: true, currency: true },
      warnings: [],
    });
  });

  test('may hold its rows directly and as plain objects', async () => {
    const listed = await readAffilka(report([plain]), november);
    const objects = await readAffilka(bytes(JSON.stringify({ rows: [plain] })), november);

    expect(objects.rows).toEqual(listed.rows);
  });

  test('without rows is empty, and says nothing about its columns', async () => {
    const page = await readAffilka(report([], { total_pages: 0 }), november);

    expect(page).toMatchObject({ rows: [], sourceRows: 0, totalPages: 0, present: [] });
  });

  test.each([
    [{}, null],
    [{ total_pages: null }, null],
    [{ total_pages: '7' }, 7],
    [{ total_pages: 7 }, 7],
  ])('with the page fields %j has %s pages', async (fields, totalPages) => {
    const page = await readAffilka(report([plain], fields), november);
    expect(page.totalPages).toBe(totalPages);
  });

  test('refuses a page count that is none', async () => {
    expect(await refusal(readAffilka(report([plain], { total_pages: 'many' }), november))).toBe(
      'probe.unreadable: The report cannot be read: the field "total_pages" holds "many".',
    );
  });
});

describe('days', () => {
  test('are cut from the text and never shifted', async () => {
    const dates = [
      '2026-11-19',
      '2026-11-19T23:30:00-08:00',
      '2026-11-19 22:00:00 UTC',
      '2026-11-19T00:00:00.000Z',
    ];
    for (const date of dates) expect((await onlyRow({ ...plain, date })).day).toBe('2026-11-19');
  });

  test.each(['2026-02-30', '19.11.2026', 'yesterday', '2026-11-190', 20261119, true])(
    'refuse %j',
    async (date) => {
      expect(await refusal(readAffilka(report([{ ...plain, date }]), november))).toMatch(
        /^probe\.unreadable: .* row 1, column "date" holds ".*", which is not a day\.$/i,
      );
    },
  );

  test('outside the window are left out, with a warning', async () => {
    const page = await readAffilka(report([plain, { ...plain, date: '2026-12-01' }]), november);

    expect(page.rows).toHaveLength(1);
    expect(page.sourceRows).toBe(2);
    expect(page.warnings).toEqual([{ row: 2, reason: 'Its day 2026-12-01 is outside the days asked for.' }]);
  });

  test('are the one day asked for where the report is not split by day', async () => {
    const { date: _, ...undated } = plain;
    const oneDay = await readAffilka(report([undated]), window('2026-11-19', '2026-11-19'));
    const month = await readAffilka(report([undated]), november);

    expect(oneDay.rows[0]?.day).toBe('2026-11-19');
    expect(oneDay.groups.day).toBe(false);
    expect(month).toMatchObject({ rows: [], sourceRows: 1, groups: { day: false, brand: true } });
  });

  test('missing in one row only make the report unreadable', async () => {
    const rows = [plain, { ...plain, date: null, campaign_id: 3 }];
    expect(await refusal(readAffilka(report(rows), november))).toMatch(/row 2 has no date/i);
  });
});

describe('totals among the rows', () => {
  test.each([
    { date: null, brand_id: null, campaign_id: null, ngr: '5' },
    { ngr: '5' },
    { date: 'Total', brand_id: null, ngr: '5' },
    { date: null, brand: 'Total', ngr: '5' },
  ])('such as %j are left out', async (total) => {
    const page = await readAffilka(report([plain, total]), november);

    expect(page.rows).toHaveLength(1);
    expect(page.sourceRows).toBe(1);
    expect(page.warnings).toEqual([{ row: 2, reason: 'It is a totals row.' }]);
  });
});

describe('brands and campaigns', () => {
  const relations = { relations: { brands: [{ id: '1', name: 'Lucky' }], campaigns: null } };

  test('are named by their ids where the names are missing', async () => {
    expect(await onlyRow(plain, relations)).toMatchObject({ brandId: '1', brand: 'Lucky', campaign: '2' });
    expect(await onlyRow(plain, { relations: 'none' })).toMatchObject({ brandId: '1', brand: '1' });
  });

  test('may come under their bare names, as id, as name or as both', async () => {
    const { brand_id: _, ...bare } = plain;
    expect(await onlyRow({ ...bare, brand: 1 }, relations)).toMatchObject({ brandId: '1', brand: 'Lucky' });
    expect(await onlyRow({ ...bare, brand: 'Bella' })).toMatchObject({ brandId: '', brand: 'Bella' });
    expect(await onlyRow({ ...bare, brand: { id: 9, name: 'Nord' } })).toMatchObject({
      brandId: '9',
      brand: 'Nord',
    });
  });

  test('with half a character in their name stay readable', async () => {
    const { brand_id: _, ...bare } = plain;
    expect((await onlyRow({ ...bare, brand: 'Bella \ud83c' })).brand).toBe('Bella \ufffd');
  });
});

describe('money', () => {
  test.each([
    ['EUR', { currency: 'EUR', amount: '417.11', amount_cents: '1' }, 4_171_100n],
    ['JPY', { currency: 'JPY', amount_cents: '1500.0' }, 15_000_000n],
    ['KWD', { currency: 'KWD', amount_cents: '1500' }, 15_000n],
    ['BTC', { currency: 'BTC', amount_cents: 150_000_000 }, 150_000_000n],
    ['EUR', { amount: 1.1 }, 11_000n],
    ['EUR', { currency: 'EUR', amount: null, amount_cents: null }, null],
    ['IDR', '98765432109.87', 987_654_321_098_700n],
    ['BTC', '0.00000001', 1n],
    ['EUR', -0, 0n],
    ['EUR', '', null],
    ['EUR', null, null],
    ['N/A', { currency: 'EUR', amount: '0.0' }, 0n],
  ])('in %s written as %j is %s', async (currency, ngr, units) => {
    expect((await onlyRow({ ...plain, currency, ngr })).figures.ngr).toBe(units);
  });

  test('names the currency where the row does not', async () => {
    const { currency: _, ...bare } = plain;
    const kwd = { currency: 'KWD', amount: '1.234' };
    expect((await onlyRow({ ...bare, ngr: kwd, deposits_sum: kwd })).currency).toBe('KWD');
    expect((await onlyRow({ ...bare, ngr: '1' })).currency).toBe('N/A');
  });

  test.each([
    [{ ngr: { currency: 'USD', amount: '1' } }, 'is in "USD", but the row is in "EUR"'],
    [{ currency: 'N/A', ngr: { currency: 'USD', amount: '1' } }, 'is in "USD", but the row is in "N/A"'],
    [
      {
        currency: null,
        ngr: { currency: 'USD', amount: '1' },
        deposits_sum: { currency: 'EUR', amount: '1' },
      },
      'is in "USD", but the row is in "EUR"',
    ],
    [{ currency: 'POINTS', ngr: { amount_cents: '100' } }, 'how many make one "POINTS" is not known'],
    [{ ngr: 'twelve' }, 'holds "twelve", which is not an amount'],
    [{ ngr: '1,234.50' }, 'holds "1,234.50", which is not an amount'],
    [{ ngr: { value: 5 } }, 'holds an object, which is not an amount'],
    [{ ngr: true }, 'holds "true", which is not an amount'],
    [{ ngr: { amount_cents: '10.5' } }, 'holds "10.5", which is not a whole number of cents'],
    [{ ngr: '99999999999999999' }, 'which is not an amount'],
    [{ ngr: 1e17 }, 'which is not an amount'],
    [{ visits_count: 1.5 }, 'holds "1.5", which is not a whole number'],
    [{ visits_count: 'many' }, 'holds "many", which is not a whole number'],
    [{ visits_count: { amount: '1' } }, 'holds an object, which is not a whole number'],
    [{ currency: 7 }, 'holds "7", which is not a currency'],
    [{ ngr: 'https://programme.example/report?token=test-token-1' }, 'holds a link, which'],
    [{ ngr: `x\u0007\u202e${'y'.repeat(60)}` }, `holds "x${'y'.repeat(39)}…", which`],
  ])('%j makes the report unreadable', async (cell, reason) => {
    const told = await refusal(readAffilka(report([plain, { ...plain, campaign_id: 9, ...cell }]), november));
    expect(told).toContain('probe.unreadable: The report cannot be read: row 2, column "');
    expect(told).toContain(reason);
  });

  test('counts may be negative after a correction', async () => {
    expect((await onlyRow({ ...plain, visits_count: '-2' })).figures.clicks).toBe(-2);
  });
});

describe('rows of one day, brand, campaign and currency', () => {
  test('are added up where a finer grouping tells them apart', async () => {
    const rows = [
      { ...plain, promo_id: 1, visits_count: 1, deposits_sum: null },
      { ...plain, promo_id: 2, visits_count: 2, deposits_sum: '3' },
    ];
    const page = await readAffilka(report(rows), november);

    expect(page.rows).toHaveLength(1);
    expect(page.rows[0]?.figures).toMatchObject({ clicks: 3, ngr: 100_000n, deposits: 30_000n, ftds: null });
    expect(page.warnings).toEqual([
      { row: 2, reason: 'It was added to row 1, and one of the two lacks a figure.' },
    ]);
  });

  test('are one row where they repeat each other cell by cell', async () => {
    const rows = [plain, Object.fromEntries(Object.entries(plain).reverse())];
    const page = await readAffilka(report(rows), november);

    expect(page.rows).toHaveLength(1);
    expect(page.rows[0]?.figures.ngr).toBe(50_000n);
    expect(page.warnings).toEqual([{ row: 2, reason: 'It repeats row 1 cell by cell.' }]);
  });

  test.each([{ ngr: '6.00' }, { unknown_group: 'b' }])(
    'are refused where they differ by %j',
    async (other) => {
      const told = await refusal(readAffilka(report([plain, { ...plain, ...other }]), november));
      expect(told).toBe(
        'probe.unreadable: The report cannot be read: there are two rows for the same day, brand, campaign and currency: 1 and 2.',
      );
    },
  );
});
