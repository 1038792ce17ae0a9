import { describe, expect, test } from 'vitest';
import { readReferon, refusal, window } from '../support/reading.js';
import { spreadsheet, spreadsheetOf, zip } from '../support/spreadsheet.js';

const november = window('2026-11-01', '2026-11-30', 'IDR');
const headings = ['Date', 'Brand Name', 'FTD Count', 'NGR'];
const number = (text: string) => ({ number: text });
const whole = spreadsheet([
  ['Report of today'],
  [],
  headings,
  [{ serial: 46345 }, 'Lucky', number('3'), number('98765432109.87')],
  ['20.11.2026', 'Lucky', '1.204', '-1.234,50'],
  ['Total', null, number('1207'), number('98765430875.37')],
]);

describe('a ReferOn spreadsheet', () => {
  test('gives exact digits, days of both kinds, and no totals', async () => {
    const page = await readReferon(whole, november);

    expect(page.rows).toMatchObject([
      { day: '2026-11-19', brand: 'Lucky', currency: 'IDR', figures: { ftds: 3, ngr: 987_654_321_098_700n } },
      { day: '2026-11-20', brand: 'Lucky', figures: { ftds: 1204, ngr: -12_345_000n } },
    ]);
    expect(page.warnings).toEqual([{ row: 3, reason: 'It is a totals row.' }]);
  });

  test('may hold days as bare serial numbers, and numbers with noise or an exponent', async () => {
    const page = await readReferon(
      spreadsheet([headings, [number('46345'), 'Lucky', number('1.2E1'), number('12.340000000000002')]]),
      november,
    );
    expect(page.rows).toMatchObject([{ day: '2026-11-19', figures: { ftds: 12, ngr: 123_400n } }]);
  });

  test('of several thousand rows is read', async () => {
    const rows = Array.from({ length: 8_000 }, (_, index) => [
      '2026-11-19',
      `Brand with a longer name ${index * 7919}`,
      number(String(index)),
      number('1.50'),
    ]);
    expect((await readReferon(spreadsheet([headings, ...rows]), november)).rows).toHaveLength(8_000);
  });

  test.each([
    [
      'has no heading that we know',
      spreadsheet([
        ['a', 'b'],
        ['c', 'd'],
      ]),
      'unreadable',
    ],
    [
      'has text where a figure belongs',
      spreadsheet([headings, ['2026-11-19', 'L', 'many', null]]),
      'unreadable',
    ],
    ['is another archive', zip({ 'readme.txt': 'hello' }), 'unreadable'],
    ['is not an archive after all', Buffer.from('PK\x03\x04 and nothing more'), 'unreadable'],
    ['is no sheet inside', spreadsheetOf('<worksheet'), 'unreadable'],
    [
      'unpacks to more than it declares',
      spreadsheetOf('x'.repeat(9_000_000), { 'xl/worksheets/sheet1.xml': 100 }),
      'unreadable',
    ],
    ['unpacks to more than the limit', spreadsheetOf('x'.repeat(33 * 1024 * 1024)), 'too-large'],
    [
      'spans more cells than there is memory for',
      spreadsheetOf(
        '<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
      ),
      'too-large',
    ],
  ])('that %s is refused', async (_, body, code) => {
    expect(await refusal(readReferon(body, november))).toMatch(new RegExp(`^probe\\.${code}: `));
  });

  test('never gives rows when it is cut anywhere', async () => {
    for (let length = 4; length < whole.length; length += 7) {
      expect(await refusal(readReferon(whole.subarray(0, length), november))).toMatch(/^probe\.unreadable: /);
    }
  });
});
