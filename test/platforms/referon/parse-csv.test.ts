import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv, parseLargeCsv } from '../../../src/platforms/referon/parse-csv.js';
import type { Table } from '../../../src/platforms/referon/table.js';
import { ProblemError } from '../../../src/problems/problem.js';
import { mutated } from '../../fuzz/mutated-reports.js';
import { bytes, fixture, readReferon, refusal, window } from '../support/reading.js';

const november = window('2026-11-01', '2026-11-30', 'EUR');

function read(text: string, context = november) {
  return readReferon(bytes(text), context);
}

describe('a ReferOn CSV file', () => {
  test('gives rows with exact amounts, without its totals', async () => {
    const page = await readReferon(fixture('referon/by-day.csv'), november);
    const dimension = {
      brandId: '7',
      brand: 'Lucky Star',
      campaignId: '91',
      campaign: 'Main banner',
      currency: 'EUR',
    };

    expect(page).toEqual({
      rows: [
        {
          day: '2026-11-18',
          ...dimension,
          figures: {
            clicks: 1120,
            registrations: 14,
            ftds: 3,
            depositors: 9,
            prequalified: null,
            qualified: 2,
            ftdAmount: 1_200_000n,
            deposits: 14_171_100n,
            ngr: -331_000n,
            commission: 800_000n,
            cpaIncome: 800_000n,
          },
        },
        {
          day: '2026-11-19',
          ...dimension,
          figures: {
            clicks: 0,
            registrations: 0,
            ftds: 0,
            depositors: null,
            prequalified: null,
            qualified: 0,
            ftdAmount: 0n,
            deposits: 0n,
            ngr: null,
            commission: 0n,
            cpaIncome: 0n,
          },
        },
      ],
      sourceRows: 2,
      page: 1,
      totalPages: 1,
      present: [
        'clicks',
        'registrations',
        'ftds',
        'ftdAmount',
        'deposits',
        'ngr',
        'commission',
        'depositors',
        'qualified',
        'cpaIncome',
      ],
      groups: { day: true, brand: true, campaign: true, currency: false },
      warnings: [{ row: 3, reason: 'It is a totals row.' }],
    });
  });

  test.each([
    ['semicolons', 'Date;Brand Name;Deposits\n2026-11-19;Lucky;12,50\n'],
    ['tabs', 'Date\tBrand Name\tDeposits\n2026-11-19\tLucky\t12.50\n'],
    [
      'CRLF, quotes and a byte order mark',
      '\ufeff"Date","Brand Name","Deposits"\r\n"2026-11-19","Lucky","12.50"\r\n',
    ],
    [
      'lines above the headings',
      'sep=;\nReport, made 2026;x\n\nDate;Brand Name;Deposits\n2026-11-19;Lucky;12,5\n',
    ],
    [
      'empty lines and empty cells at the end',
      'Date,Brand Name,Deposits,\n\n2026-11-19,Lucky,12.50,\n,,,\n\n',
    ],
    ['drifting labels', 'DAY,brand_name,DEPOSITS \n2026-11-19,Lucky,12.50\n'],
    ['no line end but two decimals at the end', 'Date,Brand Name,Deposits\n2026-11-19,Lucky,12.50'],
  ])('may come with %s', async (_, text) => {
    const { rows } = await read(text);
    expect(rows).toMatchObject([{ day: '2026-11-19', brand: 'Lucky', figures: { deposits: 125_000n } }]);
  });

  test.each([
    ['utf8', '\ufeff'],
    ['utf16le', '\ufeff'],
    ['utf16le', ''],
    ['latin1', ''],
  ] as const)('may be encoded as %s after the mark %j', async (encoding, mark) => {
    const body = Buffer.from(`${mark}Date,Brand Name,NGR\n2026-11-19,Größe,-1.00\n`, encoding);
    expect((await readReferon(body, november)).rows[0]?.brand).toBe('Größe');
  });

  test('with headings only is empty, and its columns are known', async () => {
    expect(await read('Date,Brand Name,FTD Count\n')).toMatchObject({
      rows: [],
      sourceRows: 0,
      present: ['ftds'],
      groups: { day: true, brand: true },
    });
  });

  test('takes clicks from Click Count only where unique clicks are missing, and never a rate', async () => {
    const both = await read('Date,Click Count,Unique Click Count\n2026-11-19,9,7\n');
    const one = await read('Date,Click Count,Click to FTD,Reg. to FTD\n2026-11-19,9,3,2\n');

    expect(both.rows[0]?.figures.clicks).toBe(7);
    expect(one.rows[0]?.figures).toMatchObject({ clicks: 9, ftds: null, registrations: null });
  });

  test('does not take deposits of FTD players for first deposits', async () => {
    const page = await read('Date,FTDs Deposits,Deposits per FTD,Reg. Count\n2026-11-19,5.00,2.50,1\n');
    expect(page.present).toEqual(['registrations']);
  });

  test('takes the media campaign where there is no media item', async () => {
    const page = await read(
      'Date,Brand Name,Media Campaign ID,Media Campaign Name,NGR\n2026-11-19,B,4,C,1.00\n',
    );
    expect(page.rows[0]).toMatchObject({ campaignId: '4', campaign: 'C', brandId: '', brand: 'B' });
  });

  test('has no currency unless somebody states it', async () => {
    const text = 'Date,NGR\n2026-11-19,1.00\n';
    expect((await read(text, window('2026-11-01', '2026-11-30'))).rows[0]?.currency).toBe('N/A');
    expect((await read(text)).rows[0]?.currency).toBe('EUR');
  });

  test('adds up rows that differ in a finer grouping, drops repeated ones, refuses the rest', async () => {
    const head = 'Date,Brand Name,Geo,FTD Count,NGR\n';
    const parts = await read(`${head}2026-11-19,B,DE,1,1.50\n2026-11-19,B,AT,2,2.25\n`);
    const twice = await read(`${head}2026-11-19,B,DE,1,1.50\n2026-11-19,B,DE,1,1.50\n`);

    expect(parts.rows).toMatchObject([{ figures: { ftds: 3, ngr: 37_500n } }]);
    expect(twice.rows).toMatchObject([{ figures: { ftds: 1, ngr: 15_000n } }]);
    expect(twice.warnings).toEqual([{ row: 2, reason: 'It repeats row 1 cell by cell.' }]);
    expect(await refusal(read(`${head}2026-11-19,B,DE,1,1.50\n2026-11-19,B,DE,1,1.51\n`))).toMatch(
      /^probe\.unreadable: .* two rows for the same day, brand, campaign and currency: 1 and 2\.$/,
    );
  });
});

describe('totals', () => {
  const head = 'Date,Brand Name,Media Item Name,NGR\n';
  const row = '2026-11-19,Lucky,Main,5.00\n';

  test.each([
    'Total,,,5.00\n',
    'Grand Total:,,,5.00\n',
    ',,,5.00\n',
    ',Total,,5.00\n',
    ',Lucky,,5.00\n',
    ',Lucky,Total,5.00\n',
    '2026-11-19,Lucky,Subtotal,5.00\n',
    'Total,5.00\n',
  ])('such as %j are left out', async (total) => {
    const page = await read(head + row + total);

    expect(page.rows).toHaveLength(1);
    expect(page.sourceRows).toBe(1);
    expect(page.warnings).toEqual([{ row: 2, reason: 'It is a totals row.' }]);
  });

  test('of a day or a brand are known by their sums, and rows without a campaign are kept', async () => {
    const named = '2026-11-19,Lucky,A,5.00\n2026-11-19,Lucky,B,2.00\n2026-11-19,Nord,A,1.00\n';
    const sums = await read(`${head}${named}2026-11-19,Lucky,,7.00\n2026-11-19,,,8.00\n`);
    const direct = await read(`${head}${named}2026-11-19,Lucky,,0.75\n`);

    expect(sums.rows).toHaveLength(3);
    expect(sums.warnings.map(({ row }) => row)).toEqual([4, 5]);
    expect(direct.rows).toHaveLength(4);
    expect(direct.warnings).toEqual([]);
    const clicks = 'Date,Brand Name,Media Item Name,Click Count\n2026-11-19,Lucky,A,5\n2026-11-19,Lucky,,3\n';
    expect((await read(clicks)).rows).toHaveLength(2);
  });

  test('are told from a brand of that name', async () => {
    expect((await read(`${head}2026-11-19,Total,Main,5.00\n`)).rows).toHaveLength(1);
  });

  test('are not assumed for a row that lacks nothing but its day', async () => {
    expect(await refusal(read(`${head}${row},Lucky,Other,5.00\n`))).toMatch(/row 2 has no date/);
  });
});

describe('a damaged file is refused', () => {
  test.each([
    ['name,amount\n1,2\n', 'none of the headings'],
    ['just a sentence', 'none of the headings'],
    ['Date,Brand Name\n2026-11-19,B\n', 'none of the columns'],
    ['Date,NGR,N.G.R.\n2026-11-19,1,2\n', 'the heading "N.G.R." occurs twice'],
    ['Date,Brand Name,NGR\n2026-11-19,B\n', 'row 1 has 2 cells, but there are 3 headings'],
    ['Date,Brand Name,NGR\n2026-11-19,B,1,234.00\n', 'row 1 has 4 cells, but there are 3 headings'],
    ['Date,Brand Name,NGR\n2026-11-19,"B,1.00\n', 'broken quotes'],
    ['Date,Brand Name,NGR', 'ends inside the line of its headings'],
    [
      'Date,Brand Name,FTD Count\n2026-11-19,B,12',
      'row 1, and its last cell, column "FTD Count", may be cut',
    ],
    ['Date,NGR\n2026-11-19,1.25\n2026-11-20,1.2', 'may be cut'],
    ['Date,NGR\n2026-11-19,1.25\n2026-11-20,', 'may be cut'],
    ['Date,FTD Count\n2026-11-19,12\n2026-11-20,1', 'may be cut'],
    ['Date,NGR,Brand Name\n2026-11-19,1.25,Lucky S', 'may be cut'],
  ])('%j', async (text, reason) => {
    const told = await refusal(read(text));
    expect(told).toMatch(/^probe\.unreadable: /);
    expect(told).toContain(reason);
  });

  test('wherever it is cut: named, or fewer whole rows when cut at a line end', async () => {
    const whole = Buffer.from(fixture('referon/by-day.csv'));
    const all = (await readReferon(whole, november)).rows;
    for (let length = 0; length < whole.length; length += 1) {
      const cut = whole.subarray(0, length);
      const atLineEnd = cut.at(-1) === 0x0a || whole[length] === 0x0a;
      const told = await refusal(readReferon(cut, november));
      if (/^probe\.unreadable: /.test(told)) continue;
      // Inside the totals row nothing of worth can be lost.
      const inTotals = cut.includes('\nTotal');
      expect([length, atLineEnd || inTotals]).toEqual([length, true]);
      const { rows } = await readReferon(cut, november);
      expect(rows).toEqual(all.slice(0, rows.length));
    }
  });

  test('whatever its last column holds, a cut file never gives a row that the whole one does not have', async () => {
    const figure = fc.oneof(
      fc.integer({ min: 0, max: 5_000 }).map(String),
      fc.constantFrom('1.25', '12.50', '0.00', ''),
    );
    const line = fc.tuple(
      fc.constantFrom('Lucky', 'Lucky Star', 'B'),
      fc.nat({ max: 5_000 }).map(String),
      figure,
    );
    const orders = fc.constantFrom([0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]);
    const lines = fc.array(line, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(lines, orders, fc.nat({ max: 999 }), async (table, order, place) => {
        const heads = ['Brand Name', 'FTD Count', 'NGR'];
        const texts = table.map(
          (cells, index) => `2026-11-1${index},${order.map((at) => cells[at]).join(',')}`,
        );
        const text = `Date,${order.map((at) => heads[at]).join(',')}\n${texts.join('\n')}\n`;
        const whole = await readReferon(bytes(text), november);
        try {
          const cut = text.slice(0, Math.floor((text.length * place) / 1000));
          const { rows } = await read(cut);
          const before = table.slice(0, Math.max(rows.length - 1, 0));
          // What is blank in every other row is taken as blank (n/a) in the last one too.
          const isBlankColumn = cut.endsWith(',') && before.every((cells) => cells[order[2] ?? 0] === '');
          if (!isBlankColumn) expect(rows).toEqual(whole.rows.slice(0, rows.length));
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('reads each cell of a file of millions of letters as that of a small one', async () => {
    const name = 'Campaign of the long autumn with a name that takes up room'.repeat(2);
    const places = Array.from({ length: 20_000 }, (_, place) => place);
    const lines = places.map(
      (place) => `2026-11-1${place % 2},Lucky,${name} ${place},${place % 7},${place}.25`,
    );

    const { rows } = await read(`Date,Brand Name,Media Item Name,FTD Count,NGR\n${lines.join('\n')}\n`);

    expect(rows.map(({ day, campaign, figures }) => [day, campaign, figures.ftds, figures.ngr])).toEqual(
      places.map((place) => [
        `2026-11-1${place % 2}`,
        `${name} ${place}`,
        place % 7,
        BigInt(place) * 10_000n + 2_500n,
      ]),
    );
  });
});

test('a large file is read straight from its bytes as its text is', () => {
  const above = `Report of "Größe"; all rows\n\n`;
  const bytes = Buffer.concat([Buffer.from(above), Buffer.from(fixture('referon/by-day.csv'))]);

  const large = parseLargeCsv(bytes);
  const small = parseCsv(bytes.toString());

  expect({ ...large, rows: [...large.rows] }).toEqual({ ...small, rows: [...small.rows] });
});

test('a large file that is damaged is refused for what its text would be refused for', () => {
  const told = (read: () => Table): string => {
    try {
      const table = read();
      return JSON.stringify({ ...table, rows: [...table.rows] });
    } catch (error) {
      if (error instanceof ProblemError) return error.problem.what;
      throw error;
    }
  };
  let files = 0;
  for (let seed = 1; seed <= 3000; seed += 1) {
    const { base, text } = mutated(seed);
    if (base.platform !== 'referon' || /^\s*[{[]/.test(text)) continue;
    files += 1;
    const whole = Buffer.from(text)
      .toString()
      .replace(/^\ufeff/, '');
    expect(told(() => parseLargeCsv(Buffer.from(whole)))).toBe(told(() => parseCsv(whole)));
  }

  expect(files).toBeGreaterThan(500);
});
