import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import type { SourceRow } from '../../src/figures.js';
import type { Stores } from '../../src/ports.js';
import type { SumRow } from '../../src/sync/figure-store.js';
import { now, reading, sourceRow, storeOffer } from '../support/stored.js';

const days = ['2026-11-01', '2026-11-02', '2026-11-03'] as const;

const figure = fc.record({
  // Never n/a all through: a row without any figure is no row.
  ftds: fc.integer({ min: 0, max: 5 }),
  clicks: fc.option(fc.integer({ min: 0, max: 3 })),
  ngr: fc.option(fc.bigInt({ min: -(2n ** 55n), max: 2n ** 55n })),
});
const place = fc.record({
  day: fc.constantFrom(...days),
  campaign: fc.constantFrom('Main', 'Other'),
  currency: fc.constantFrom('EUR', 'BTC'),
  given: figure,
});
/** A day is always read whole: its rows, no rows (a true zero), or not there yet. */
const oneReading = fc.record({
  rows: fc.uniqueArray(place, {
    selector: (row) => `${row.day} ${row.campaign} ${row.currency}`,
    maxLength: 8,
  }),
  absent: fc.subarray([...days]),
});

/** The same sums, added up here and not in SQL. */
function expected(rows: readonly SourceRow[]): Map<string, readonly unknown[]> {
  const sums = new Map<string, { ftds: number; clicks: number | null; ngr: bigint | null }>();
  for (const { day, campaign, currency, figures } of rows) {
    const key = [day, campaign, currency].join(' ');
    const sum = sums.get(key) ?? { ftds: 0, clicks: null, ngr: null };
    sums.set(key, {
      ftds: sum.ftds + (figures.ftds ?? 0),
      clicks: figures.clicks === null ? sum.clicks : (sum.clicks ?? 0) + figures.clicks,
      ngr: figures.ngr === null ? sum.ngr : (sum.ngr ?? 0n) + figures.ngr,
    });
  }
  return new Map([...sums].sort().map(([key, sum]) => [key, [sum.ftds, sum.clicks, sum.ngr]]));
}

function told(rows: readonly SumRow[]): Map<string, readonly unknown[]> {
  const entries = rows.map(({ day, campaign, currency, figures }) => {
    return [[day, campaign, currency].join(' '), [figures.ftds, figures.clicks, figures.ngr]] as const;
  });
  return new Map(entries.sort());
}

/** After any history of restatements every past view is still there. */
export function testHistory(open: () => Promise<Stores>): void {
  test('shows the figures of every earlier reading as they were then, and the last as they are', async () => {
    const stores = await open();
    let histories = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(oneReading, { minLength: 1, maxLength: 6 }), async (history) => {
        histories += 1;
        const offer = await storeOffer(stores, { name: `Offer ${histories}` });
        const truths: { at: string; rows: readonly SourceRow[] }[] = [];
        let stored: readonly SourceRow[] = [];
        let reported = new Set<string>();
        for (const [index, { rows, absent }] of history.entries()) {
          const at = addMilliseconds(now, index * 1000);
          const present = days.filter((day) => !absent.includes(day));
          const read = rows
            .filter((row) => present.includes(row.day))
            .map((row) =>
              sourceRow(row.day, row.given, {
                campaignId: row.campaign,
                campaign: row.campaign,
                currency: row.currency,
              }),
            );
          const result = await stores.figures.apply(
            reading(offer.id, at, days, read, {
              days: new Map(days.map((day) => [day, absent.includes(day) ? 'absent' : 'reported'])),
            }),
          );
          expect(result.vanishedDays).toEqual(absent.filter((day) => reported.has(day)));
          reported = new Set([...reported, ...present]);
          const kept = stored.filter((row) => absent.some((day) => day === row.day));
          stored = [...kept, ...read];
          truths.push({ at, rows: stored });
        }
        const query = {
          offerIds: [offer.id],
          from: days[0],
          to: days[2],
          by: ['day', 'campaign'],
        } as const;

        expect(told(await stores.figures.sums(query))).toEqual(expected(stored));
        for (const { at, rows } of truths) {
          expect(told(await stores.figures.sums({ ...query, asOf: at }))).toEqual(expected(rows));
        }
      }),
      { numRuns: 60 },
    );
    expect(histories).toBeGreaterThanOrEqual(60);
  });
}
