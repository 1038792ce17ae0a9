import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectRows } from '../src/collect-rows.js';
import { countFields, type Figures, moneyFields, type SourceRow } from '../src/figures.js';
import { listRows, sameRows } from '../src/source-rows.js';
import { rowsOf, sourceRow } from './support/stored.js';

const count = fc.option(fc.oneof(fc.constant(0), fc.maxSafeNat()));
const amount = fc.option(
  fc.oneof(fc.constant(0n), fc.bigInt(-(2n ** 66n), 2n ** 66n), fc.bigInt(-(10n ** 9n), 10n ** 9n)),
);
const figures = fc.record(
  Object.fromEntries([
    ...countFields.map((field) => [field, count] as const),
    ...moneyFields.map((field) => [field, amount] as const),
  ]),
) as unknown as fc.Arbitrary<Figures>;
const name = fc.oneof(fc.constantFrom('', 'a', 'ab', '1'), fc.string({ unit: 'binary', maxLength: 4 }));
const row: fc.Arbitrary<SourceRow> = fc.record({
  day: fc.constantFrom('2026-11-18', '2026-11-19'),
  ...{ brandId: name, brand: name, campaignId: name, campaign: name, currency: name, figures },
});

test('rows are the same where all of them are, and differ where one figure, name or day does', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), row, fc.nat(), (rows, other, place) => {
      const changed = rows.with(place % rows.length, other);
      const isChanged = fc.stringify(rows) !== fc.stringify(changed);

      expect(sameRows(rowsOf(rows), structuredClone(rowsOf(rows)))).toBe(true);
      expect(sameRows(rowsOf(rows), rowsOf(changed))).toBe(!isChanged);
      expect(sameRows(rowsOf(rows), rowsOf(rows.slice(1)))).toBe(false);
    }),
  );
});

test('rows are the same as columns and back, whatever their names and figures, also after crossing to a thread', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 140 }), (rows) => {
      expect(listRows(structuredClone(rowsOf(rows)))).toEqual(rows);
    }),
  );
});

test('figures of two rows add up exactly beyond what a number holds, and an n/a adds nothing', () => {
  const big = 2n ** 53n;
  const rows = rowsOf([
    sourceRow('2026-11-18', { ftds: 1, ngr: big, deposits: big + 1n }),
    sourceRow('2026-11-18', { ftds: 2, ngr: 1n, deposits: -big, clicks: 3 }),
    sourceRow('2026-11-18', { ftds: 4, ngr: -2n, deposits: 0n, clicks: 4 }),
  ]);
  const sums = collectRows();

  const first = sums.copy(rows, 0);

  expect(sums.addFigures(first, rows, 1)).toBe(false);
  expect(listRows(sums.rows())).toEqual([
    sourceRow('2026-11-18', { ftds: 3, ngr: big + 1n, deposits: 1n, clicks: 3 }),
  ]);
  expect(sums.addFigures(first, rows, 2)).toBe(true);
  expect(listRows(sums.rows())).toEqual([
    sourceRow('2026-11-18', { ftds: 7, ngr: big - 1n, deposits: 1n, clicks: 7 }),
  ]);
});

test('a count that is not whole is refused', () => {
  expect(() => rowsOf([sourceRow('2026-11-18', { ftds: 1.5 })])).toThrow(RangeError);
});
