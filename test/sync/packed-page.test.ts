import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countFields, type Figures, moneyFields, type SourceRow } from '../../src/figures.js';
import type { ReportPage } from '../../src/platforms/platform.js';
import { type PackedPage, packPage, unpackPage } from '../../src/sync/packed-page.js';

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

const pageOf = (rows: readonly SourceRow[]): ReportPage => ({
  ...{ rows, sourceRows: rows.length, page: 1, totalPages: 1, present: ['ftds', 'ngr'], warnings: [] },
  groups: { day: true, brand: true, campaign: false, currency: true },
});

function cross(page: ReportPage): ReportPage {
  return unpackPage(deserialize(serialize(packPage(page))) as PackedPage);
}

test('a page is the same after it has crossed to another thread, whatever its names and figures', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      expect(cross(pageOf(rows))).toEqual(pageOf(rows));
    }),
  );
});

test('a page of several crosses with its lines', () => {
  const [sample] = fc.sample(row, { numRuns: 1, seed: 5 });
  const rows = sample ? [sample] : [];
  const lines = rows.map((one) => ({ row: one, finer: '', text: 'x' }));
  const paging = { answered: 1, totalRows: 1, perPage: 1, given: ['x'], lines };

  expect(cross({ ...pageOf(rows), totalPages: 2, paging })).toEqual({
    ...pageOf(rows),
    totalPages: 2,
    paging,
  });
});
