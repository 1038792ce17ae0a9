import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes, readReferon, refusal, window } from '../support/reading.js';

function quoted(text: string): string {
  return `"${text}"`;
}

/** A file with one day a row: FTD Count, NGR and the unread Turnover. */
function file(rows: readonly (readonly [string, string, string])[], delimiter = ','): Uint8Array {
  const lines = rows.map(([count, money, other], index) =>
    [`2026-11-${String(index + 1).padStart(2, '0')}`, count, money, other].map(quoted).join(delimiter),
  );
  return bytes(`${['Date', 'FTD Count', 'NGR', 'Turnover'].join(delimiter)}\n${lines.join('\n')}\n`);
}

function read(
  rows: readonly (readonly [string, string, string])[],
  delimiter = ',',
  currency: string | null = 'EUR',
) {
  return readReferon(file(rows, delimiter), window('2026-11-01', '2026-11-30', currency));
}

async function money(texts: readonly string[], delimiter = ',', currency: string | null = 'EUR') {
  const page = await read(
    texts.map((text) => ['0', text, '']),
    delimiter,
    currency,
  );
  return page.rows.map((row) => row.figures.ngr);
}

describe('amounts', () => {
  test.each([
    ['1234.56', 12_345_600n],
    ['1,234.56', 12_345_600n],
    ['1.234,56', 12_345_600n],
    ['1 234,56', 12_345_600n],
    ['1\u00a0234,56', 12_345_600n],
    ['1\u202f234.5', 12_345_000n],
    ["1'234.50", 12_345_000n],
    ['12,34,567.89', 12_345_678_900n],
    ['1.234.567', 12_345_670_000n],
    ['1,234,567', 12_345_670_000n],
    ['0,123', 1_230n],
    ['1234,567', 12_345_670n],
    ['12,5', 125_000n],
    ['.5', 5_000n],
    ['-3.10', -31_000n],
    ['−3.10', -31_000n],
    ['(3.10)', -31_000n],
    ['3.10-', -31_000n],
    ['€ -3.10', -31_000n],
    ['-€3.10', -31_000n],
    ['3,10 €', 31_000n],
    ['EUR 3.10', 31_000n],
    ['3.10 EUR', 31_000n],
    ['+3.10', 31_000n],
    ['1.2345678E7', 123_456_780_000n],
    ['\u200e3.10', 31_000n],
    ['', null],
    ['-', null],
    ['N/A', null],
    ['null', null],
    ['—', null],
  ])('written as %j is %s', async (text, units) => {
    expect(await money([text])).toEqual([units]);
  });

  test.each([
    'twelve',
    '12 pcs',
    '12.5%',
    '1.2.3',
    '12,34.5',
    '1,23',
    '1 23.5',
    '5.',
    '--5',
    '(-5.00)',
    '£5.00',
    '5.00 USD',
    '#REF!',
    'Infinity',
    '0x10',
    '99999999999999999.00',
  ])('written as %j beside 0.00 make the file unreadable', async (text) => {
    expect(
      await refusal(
        read([
          ['0', '0.00', ''],
          ['0', text, ''],
        ]),
      ),
    ).toMatch(/^probe\.unreadable: /);
  });

  test('say where they stand', async () => {
    expect(
      await refusal(
        read([
          ['0', '0.00', ''],
          ['0', 'twelve', ''],
        ]),
      ),
    ).toBe(
      'probe.unreadable: The report cannot be read: row 2, column "NGR" holds "twelve", which is not a figure.',
    );
  });
});

describe('a lone mark before three digits', () => {
  test('parts thousands where other amounts have decimals of the other kind', async () => {
    expect(await money(['1,234', '0.50'])).toEqual([12_340_000n, 5_000n]);
    expect(await money(['1.234', '0,50'])).toEqual([12_340_000n, 5_000n]);
  });

  test('parts decimals where other amounts show so', async () => {
    expect(await money(['1,234', '0,50'])).toEqual([12_340n, 5_000n]);
    expect(await money(['1.234', '0.50'], ';')).toEqual([12_340n, 5_000n]);
  });

  test('is understood by an unread column, by thousands in counts, or by a thousand without a mark', async () => {
    expect((await read([['0', '1,234', '7.25']])).rows[0]?.figures.ngr).toBe(12_340_000n);
    expect((await read([['1,234', '1,234', '']], ';')).rows[0]?.figures).toMatchObject({
      ftds: 1234,
      ngr: 12_340_000n,
    });
    expect(await money(['1.234', '1500'])).toEqual([12_340n, 15_000_000n]);
  });

  test.each([
    ['1,234', ','],
    ['1.234', ','],
    ['1,234', ';'],
    ['1.234', ';'],
    ['1.234', '\t'],
    ['-12,345', ','],
    ['€999.000', ';'],
  ])('as in %j alone in a file with %j is never guessed', async (text, delimiter) => {
    expect(await refusal(read([['0', text, '']], delimiter))).toMatch(
      /^probe\.unreadable: .* row 1, column "NGR" holds .*, and nothing in the file tells thousands from decimals\.$/,
    );
  });

  test('is refused where the file shows both kinds', async () => {
    expect(
      await refusal(
        read([
          ['0', '1,50', ''],
          ['0', '1.50', ''],
        ]),
      ),
    ).toContain('now with a dot, now with a comma');
  });
});

describe('counts', () => {
  test.each([
    ['1,234', 1234],
    ['1.234', 1234],
    ['1 234', 1234],
    ['1,234,567', 1_234_567],
    ['12.0', 12],
    ['-3', -3],
    ['', null],
  ])('written as %j are %s', async (text, count) => {
    expect((await read([[text, '', '']])).rows[0]?.figures.ftds).toBe(count);
  });

  test.each([
    ['12.5', ''],
    ['1,234', '0,50'],
    ['12,000', '0,50'],
    ['€5', ''],
    ['many', ''],
    ['1.5E0', ''],
  ])('written as %j beside %j make the file unreadable', async (count, other) => {
    expect(await refusal(read([[count, other, '']]))).toMatch(/^probe\.unreadable: /);
  });
});

describe('currency signs', () => {
  test('must be of one currency, and of the one that was stated', async () => {
    expect(await money(['$5.00'], ',', 'CAD')).toEqual([50_000n]);
    expect(await money(['$5.00', '$6.00'], ',', null)).toEqual([50_000n, 60_000n]);
    expect(
      await refusal(
        read(
          [
            ['0', '$5.00', ''],
            ['0', '€6.00', ''],
          ],
          ',',
          null,
        ),
      ),
    ).toContain('is in "EUR"');
    expect(await refusal(read([['0', '$5.00', '']], ',', 'EUR'))).toContain(
      'is in "$", but the row is in "EUR"',
    );
  });
});

describe('whatever way amounts are written', () => {
  const styles = [
    { thousands: ',', decimal: '.' },
    { thousands: '.', decimal: ',' },
    { thousands: ' ', decimal: ',' },
    { thousands: '\u202f', decimal: '.' },
    { thousands: '', decimal: '.' },
    { thousands: '', decimal: ',' },
  ];
  const cents = fc.array(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), {
    minLength: 1,
    maxLength: 8,
  });
  const decimals = fc.constantFrom(0, 1, 2, 3);

  test('they are read exactly or the file is refused, never wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        cents,
        fc.constantFrom(...styles),
        decimals,
        fc.constantFrom(',', ';'),
        async (...given) => {
          const [amounts, style, places, delimiter] = given;
          const texts = amounts.map((amount) => {
            const digits = String(Math.abs(amount)).padStart(places + 1, '0');
            const whole = digits.slice(0, digits.length - places);
            const grouped = whole.replace(/\B(?=(\d{3})+$)/g, style.thousands);
            const fraction = places > 0 ? style.decimal + digits.slice(-places) : '';
            return `${amount < 0 ? '-' : ''}${grouped}${fraction}`;
          });
          const exact = amounts.map((amount) => BigInt(amount) * 10n ** BigInt(4 - places));
          try {
            expect(await money(texts, delimiter)).toEqual(exact);
          } catch (error) {
            if (!(error instanceof Error) || error.name !== 'ProblemError') throw error;
          }
        },
      ),
    );
  });
});
