import { describe, expect, test } from 'vitest';
import { bytes, readReferon, refusal, window } from '../support/reading.js';

function file(days: readonly string[], heading = 'Date'): Uint8Array {
  const lines = days.map((day, index) => `"${day}",m${index},1`);
  return bytes(`"${heading}",Media Item Name,FTD Count\n${lines.join('\n')}\n`);
}

async function read(days: readonly string[], from = '2026-11-01', to = '2026-11-30', heading = 'Date') {
  const page = await readReferon(file(days, heading), window(from, to));
  return page.rows.map((row) => row.day);
}

describe('the day of a row', () => {
  test.each([
    '2026-11-19',
    '2026-11-19T00:00:00.000Z',
    '2026-11-19 23:59:59',
    '2026-11-19T23:30:00-08:00',
    '2026/11/19',
    '20261119',
    '19.11.2026',
    '19.11.2026 00:00',
    '19/11/2026',
    '11/19/2026',
    '19-11-2026',
    '19 Nov 2026',
    '19-Nov-2026',
    '19 November 2026',
    'Nov 19, 2026',
    'Thu, 19 Nov 2026',
    '46345',
    '19.11.2026 - 19.11.2026',
  ])('is read from %j', async (day) => {
    expect(await read([day])).toEqual(['2026-11-19']);
  });

  test.each(['2026-02-30', '31.02.2026', '19.11.26', 'nineteenth', '13/13/2026', '2026-1', '19', '12.5'])(
    'is refused in %j beside a good one',
    async (day) => {
      expect(
        await refusal(readReferon(file(['2026-11-18', day]), window('2026-11-01', '2026-11-30'))),
      ).toMatch(/^probe\.unreadable: .* row 2, column "Date" holds ".*", which is not a day\.$/);
    },
  );
});

describe('days and months in either order', () => {
  test('follow a value that can be one order only', async () => {
    expect(await read(['04/11/2026', '13/11/2026'], '2026-01-01', '2026-12-31')).toEqual([
      '2026-11-04',
      '2026-11-13',
    ]);
    expect(await read(['11/04/2026', '11/13/2026'], '2026-01-01', '2026-12-31')).toEqual([
      '2026-11-04',
      '2026-11-13',
    ]);
  });

  test('follow the window asked for', async () => {
    expect(await read(['04/11/2026', '05/11/2026'])).toEqual(['2026-11-04', '2026-11-05']);
    expect(await read(['11/04/2026', '11/05/2026'])).toEqual(['2026-11-04', '2026-11-05']);
    expect(await read(['11/04/2026', '11/05/2026'], '2026-11-04', '2026-11-04')).toEqual(['2026-11-04']);
  });

  test('do not matter where both are the same', async () => {
    expect(await read(['11/11/2026'], '2026-01-01', '2026-12-31')).toEqual(['2026-11-11']);
  });

  test('are never guessed', async () => {
    const year = window('2026-01-01', '2026-12-31');
    expect(await refusal(readReferon(file(['04/11/2026', '05/11/2026']), year))).toMatch(
      /^probe\.unreadable: .* row 1, column "Date" holds "04\/11\/2026", and nothing in the file tells the day from the month\.$/,
    );
    expect(await refusal(readReferon(file(['13/11/2026', '11/14/2026']), year))).toMatch(
      /^probe\.unreadable: /,
    );
  });
});

describe('the column of days', () => {
  test.each(['Date', 'DAY', 'Period', 'Stat. date', 'Datum', ''])('may be headed %j', async (heading) => {
    expect(await read(['2026-11-19'], '2026-11-01', '2026-11-30', heading)).toEqual(['2026-11-19']);
  });

  test('is never the registration date of a customer', async () => {
    const page = await readReferon(
      file(['2026-11-19'], 'Customer Reg. Date'),
      window('2026-11-01', '2026-11-30'),
    );
    expect(page).toMatchObject({ rows: [], sourceRows: 1, groups: { day: false, campaign: true } });
  });

  test.each(['2026-11', 'Nov 2026', 'Week 47', '16.11.2026 - 22.11.2026'])(
    'is missing where the report is split by longer spans such as %j',
    async (span) => {
      const page = await readReferon(file([span]), window('2026-11-01', '2026-11-30'));
      expect(page).toMatchObject({ rows: [], sourceRows: 1, groups: { day: false } });
      expect(page.warnings).toEqual([{ row: 1, reason: 'It names no day, so it belongs to several days.' }]);
    },
  );

  test('is not needed where one day is asked for', async () => {
    const body = bytes('Brand Name,FTD Count\nLucky,3\nTotal,3\n');
    const page = await readReferon(body, window('2026-11-19', '2026-11-19'));
    expect(page.rows).toMatchObject([{ day: '2026-11-19', brand: 'Lucky', figures: { ftds: 3 } }]);
  });

  test('lets days outside the window out with a warning', async () => {
    const page = await readReferon(file(['2026-11-19', '2026-12-01']), window('2026-11-01', '2026-11-30'));
    expect(page.rows).toHaveLength(1);
    expect(page.warnings).toEqual([{ row: 2, reason: 'Its day 2026-12-01 is outside the days asked for.' }]);
  });
});
