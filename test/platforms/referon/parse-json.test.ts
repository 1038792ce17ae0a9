import { describe, expect, test } from 'vitest';
import { bytes, readReferon, refusal, window } from '../support/reading.js';

const november = window('2026-11-01', '2026-11-30', 'EUR');
const rows = [
  { Date: '2026-11-19', 'Brand Name': 'Lucky', 'FTD Count': 3, Deposits: 12.5, NGR: '1,204.50' },
  { NGR: null, Date: '2026-11-20', 'Brand Name': 'Lucky', Deposits: '0.00', extra: { any: ['thing'] } },
];

function read(json: unknown) {
  return readReferon(bytes(JSON.stringify(json)), november);
}

describe('a ReferOn JSON answer', () => {
  test.each([
    ['an array', rows],
    ['data', { data: rows }],
    ['rows', { status: 'ok', message: 'done', rows }],
    ['items', { items: rows, total: 2 }],
    ['result', { result: { data: rows } }],
    [
      'lists of cells',
      [
        ['Date', 'Brand Name', 'FTD Count', 'Deposits', 'NGR'],
        ['2026-11-19', 'Lucky', 3, 12.5, '1,204.50'],
        ['2026-11-20', 'Lucky', null, '0.00', null],
      ],
    ],
  ])('may hold its rows in %s', async (_, json) => {
    const page = await read(json);
    expect(page.rows).toMatchObject([
      { day: '2026-11-19', brand: 'Lucky', figures: { ftds: 3, deposits: 125_000n, ngr: 12_045_000n } },
      { day: '2026-11-20', brand: 'Lucky', figures: { ftds: null, deposits: 0n, ngr: null } },
    ]);
    expect(page.sourceRows).toBe(2);
  });

  test('without rows is empty', async () => {
    expect(await read({ data: [] })).toMatchObject({ rows: [], sourceRows: 0, present: [] });
  });

  test('may name its keys in camel case', async () => {
    const page = await read([{ date: '2026-11-19', brandName: 'Lucky', ftdCount: 3 }]);
    expect(page.rows).toMatchObject([{ brand: 'Lucky', figures: { ftds: 3 } }]);
  });

  test('reads a lone dot as JSON does', async () => {
    expect((await read([{ date: '2026-11-19', ngr: '1.234' }])).rows[0]?.figures.ngr).toBe(12_340n);
  });

  test.each([
    [{ error: 'preset disabled' }, 'unreadable'],
    [{ status: 'error', message: 'API availability is off' }, 'unreadable'],
    [{ message: 'Token is invalid' }, 'token-refused'],
    [{ statusCode: 401, error: 'Unauthorized', message: 'no' }, 'token-refused'],
    [{ data: null }, 'unreadable'],
    [{}, 'unreadable'],
    [[1, 2], 'unreadable'],
    [[[]], 'unreadable'],
    [[{ name: 'x' }], 'unreadable'],
    [[{ Date: '2026-11-19', NGR: { amount: 5 } }], 'unreadable'],
    [[{ Date: '2026-11-19', NGR: true }], 'unreadable'],
    [[{ Date: '2026-11-19', NGR: 1e300 }], 'unreadable'],
    [[{ Date: '2026-11-19', 'FTD Count': 1.5 }], 'unreadable'],
    [[{ Date: '2026-11-19', ngr: 1, NGR: 2 }], 'unreadable'],
    [Array.from({ length: 200_001 }, () => ({ d: 1, ngr: 1 })), 'too-large'],
  ])('%# is refused', async (json, code) => {
    expect(await refusal(read(json))).toMatch(new RegExp(`^probe\\.${code}: `));
  });

  test('never gives rows when it is cut anywhere', async () => {
    const whole = JSON.stringify({ data: rows });
    for (let length = 0; length < whole.length; length += 1) {
      expect(await refusal(readReferon(bytes(whole.slice(0, length)), november))).toMatch(
        /^probe\.unreadable: /,
      );
    }
  });
});
