import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/dates.js';
import type { Stores } from '../../src/ports.js';
import { figures, now, reading, sourceRow, storeOffer } from '../support/stored.js';

const later = '2026-11-17T08:00:00.000Z';
const monday = '2026-11-16';
const tuesday = '2026-11-17';

/** What the figures of any database must do. */
export function testFigures(open: () => Promise<Stores>): void {
  describe('figures', () => {
    test('stores a first reading without calling it a change', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const row = sourceRow(monday, { ftds: 3, ngr: 12_345n });

      const result = await stores.transaction((inside) =>
        inside.figures.apply(reading(offer.id, now, [monday], [row])),
      );

      expect(result).toEqual({
        rowsStored: 1,
        daysChanged: 0,
        changes: 0,
        newDays: [monday],
        vanishedDays: [],
      });
      expect(await stores.figures.rows(offer.id, monday, tuesday)).toEqual([row]);
      expect(await stores.figures.changes(offer.id, monday, tuesday)).toEqual([]);
      expect(await stores.figures.days(offer.id, monday, tuesday)).toEqual([
        { day: monday, state: 'reported', firstReportedAt: now, readAt: now },
      ]);
    });

    test('stores all of very many rows, those of a day reported before among them', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const days = ['2026-11-14', '2026-11-15', monday, tuesday];
      const rowsOf = (day: string, ngr: bigint) =>
        Array.from({ length: 2000 }, (_, place) => sourceRow(day, { ngr }, { campaignId: `c${place}` }));
      await stores.figures.apply(reading(offer.id, now, [monday], rowsOf(monday, 1n)));

      const rows = days.flatMap((day) => rowsOf(day, 2n));
      const result = await stores.transaction((inside) =>
        inside.figures.apply(reading(offer.id, later, days, rows)),
      );

      expect(result).toMatchObject({ rowsStored: 8000, daysChanged: 1, changes: 2000 });
      expect(await stores.figures.countRows(offer.id)).toBe(8000);
      const query = { offerIds: [offer.id], from: '2026-11-14', to: tuesday, by: ['day'] as const };
      const sums = await stores.figures.sums(query);
      expect(sums.map(({ figures }) => figures.ngr)).toEqual([4000n, 4000n, 4000n, 4000n]);
    });

    test('keeps money beyond 2^53 exact, stored and summed', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const large = 2n ** 62n - 1n;
      const rows = [
        sourceRow(monday, { ngr: large }),
        sourceRow(monday, { ngr: -9_007_199_254_740_993n }, { campaignId: 'c2', campaign: 'Other' }),
      ];
      await stores.figures.apply(reading(offer.id, now, [monday], rows));

      const [sum] = await stores.figures.sums({ offerIds: [offer.id], from: monday, to: monday, by: [] });

      expect(sum?.figures.ngr).toBe(large - 9_007_199_254_740_993n);
    });

    test('logs every figure that changed on a day reported before, rows that come and rows that go', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const other = { campaignId: 'c2', campaign: 'Other' };
      const third = { campaignId: 'c3', campaign: 'Third' };
      await stores.figures.apply(
        reading(
          offer.id,
          now,
          [monday],
          [sourceRow(monday, { ftds: 3, ngr: 100n }), sourceRow(monday, { ftds: 1 }, other)],
        ),
      );

      const result = await stores.figures.apply(
        reading(
          offer.id,
          later,
          [monday],
          [sourceRow(monday, { ftds: 2, ngr: 100n }), sourceRow(monday, { ngr: 7n }, third)],
          { runId: 2 },
        ),
      );

      expect(result).toMatchObject({ daysChanged: 1, changes: 3, newDays: [] });
      const changes = await stores.figures.changes(offer.id, monday, monday);
      const told = changes.map(({ dimension, field, before, after, at, runId }) => {
        return { campaign: dimension.campaign, field, before, after, at, runId };
      });
      expect(told).toHaveLength(3);
      expect(told).toEqual(
        expect.arrayContaining([
          { campaign: 'Main', field: 'ftds', before: 3n, after: 2n, at: later, runId: 2 },
          { campaign: 'Other', field: 'ftds', before: 1n, after: null, at: later, runId: 2 },
          { campaign: 'Third', field: 'ngr', before: null, after: 7n, at: later, runId: 2 },
        ]),
      );
      expect(await stores.figures.countRows(offer.id)).toBe(2);
    });

    test('writes nothing when a reading says the same again, but knows that it was read', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const row = sourceRow(monday, { ftds: 3 });
      await stores.figures.apply(reading(offer.id, now, [monday], [row]));

      const again = await stores.figures.apply(reading(offer.id, later, [monday], [row]));

      expect(again).toMatchObject({ daysChanged: 0, changes: 0, newDays: [], vanishedDays: [] });
      const [day] = await stores.figures.days(offer.id, monday, monday);
      expect(day).toMatchObject({ firstReportedAt: now, readAt: later });
    });

    test('keeps a reported day that a later reading has not got, and names it', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const row = sourceRow(monday, { ftds: 3 });
      await stores.figures.apply(reading(offer.id, now, [monday], [row]));

      const result = await stores.figures.apply(
        reading(offer.id, later, [monday, tuesday], [], {
          days: new Map([
            [monday, 'absent'],
            [tuesday, 'absent'],
          ]),
        }),
      );

      expect(result.vanishedDays).toEqual([monday]);
      expect(await stores.figures.rows(offer.id, monday, monday)).toEqual([row]);
      const days = await stores.figures.days(offer.id, monday, tuesday);
      expect(days.map((day) => day.state)).toEqual(['reported', 'absent']);
    });

    test('stores a row without any figure as it is, on a day reported before too', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const empty = sourceRow(monday, {}, { campaignId: 'c2', campaign: 'Other' });
      const row = sourceRow(monday, { ftds: 3 });
      await stores.figures.apply(reading(offer.id, now, [monday], [row]));

      const result = await stores.figures.apply(reading(offer.id, later, [monday], [row, empty]));

      expect(result.changes).toBe(0);
      expect(await stores.figures.rows(offer.id, monday, monday)).toEqual([row, empty]);
    });

    test('takes a true zero day for what it is: its rows go, and the log says so', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      await stores.figures.apply(reading(offer.id, now, [monday], [sourceRow(monday, { ftds: 3 })]));

      await stores.figures.apply(reading(offer.id, later, [monday], []));

      expect(await stores.figures.countRows(offer.id)).toBe(0);
      const [change] = await stores.figures.changes(offer.id, monday, monday);
      expect(change).toMatchObject({ field: 'ftds', before: 3n, after: null });
    });

    test('stores nothing at all of a reading that breaks half-way', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const twice = [sourceRow(tuesday, { ftds: 1 }), sourceRow(tuesday, { ftds: 2 })];

      const broken = stores.figures.apply(
        reading(offer.id, now, [monday, tuesday], [sourceRow(monday, { ftds: 9 }), ...twice]),
      );

      await expect(broken).rejects.toThrow('two rows of one day');
      expect(await stores.figures.countRows(offer.id)).toBe(0);
      expect(await stores.figures.days(offer.id, monday, tuesday)).toEqual([]);
      expect(await stores.figures.dimensions(offer.id)).toEqual([]);
    });

    test('follows a brand that changed its name, on its old campaigns too', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const old = { campaignId: 'c2', campaign: 'Old' };
      await stores.figures.apply(
        reading(
          offer.id,
          now,
          [monday],
          [sourceRow(monday, { ftds: 1 }), sourceRow(monday, { ftds: 1 }, old)],
        ),
      );

      await stores.figures.apply(
        reading(offer.id, later, [tuesday], [sourceRow(tuesday, { ftds: 1 }, { brand: 'Luckier' })]),
      );

      const names = await stores.figures.dimensions(offer.id);
      expect(names.map((dimension) => dimension.brand)).toEqual(['Luckier', 'Luckier']);
    });

    test('sums by day, month, offer, brand and campaign, never across currencies', async () => {
      const stores = await open();
      const a = await storeOffer(stores);
      const b = await storeOffer(stores, { name: 'Bella' });
      const days = ['2026-10-31', '2026-11-01'];
      for (const offer of [a, b]) {
        const rows = days.flatMap((day) => [
          sourceRow(day, { ftds: 1, ngr: 10n }),
          sourceRow(day, { ftds: 2, ngr: 20n }, { currency: 'BTC' }),
        ]);
        await stores.figures.apply(reading(offer.id, now, days, rows));
      }
      const query = { offerIds: [a.id, b.id], from: '2026-10-01', to: '2026-11-30' };

      const all = await stores.figures.sums({ ...query, by: [] });
      const byMonth = await stores.figures.sums({ ...query, by: ['month', 'offer'] });
      const byBrand = await stores.figures.sums({ ...query, by: ['brand', 'campaign', 'day'] });

      expect(all).toEqual(
        (['BTC', 'EUR'] as const).map((currency) => ({
          day: null,
          month: null,
          offerId: null,
          brand: null,
          campaign: null,
          currency,
          figures: figures(currency === 'EUR' ? { ftds: 4, ngr: 40n } : { ftds: 8, ngr: 80n }),
        })),
      );
      expect(byMonth.map((row) => [row.month, row.offerId, row.currency, row.figures.ftds])).toEqual([
        ['2026-10', a.id, 'BTC', 2],
        ['2026-10', a.id, 'EUR', 1],
        ['2026-10', b.id, 'BTC', 2],
        ['2026-10', b.id, 'EUR', 1],
        ['2026-11', a.id, 'BTC', 2],
        ['2026-11', a.id, 'EUR', 1],
        ['2026-11', b.id, 'BTC', 2],
        ['2026-11', b.id, 'EUR', 1],
      ]);
      expect(byBrand).toHaveLength(4);
      expect(byBrand[0]).toMatchObject({ brand: 'Lucky', campaign: 'Main', day: '2026-10-31' });
      expect(await stores.figures.sums({ ...query, offerIds: [], by: [] })).toEqual([]);
    });

    test('says n/a and not zero where no row has the figure', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const rows = [
        sourceRow(monday, { ftds: 0 }),
        sourceRow(monday, { ftds: 2, clicks: 5 }, { campaignId: 'c2', campaign: 'Other' }),
      ];
      await stores.figures.apply(reading(offer.id, now, [monday], rows));

      const [sum] = await stores.figures.sums({ offerIds: [offer.id], from: monday, to: monday, by: [] });

      expect(sum?.figures).toEqual(figures({ ftds: 2, clicks: 5 }));
    });

    test('adds up more offers than one statement takes', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      await stores.figures.apply(reading(offer.id, now, [monday], [sourceRow(monday, { ftds: 3 })]));
      const strangers = Array.from({ length: 1200 }, (_, index) => offer.id + 1000 + index);

      const offerIds = [...strangers, offer.id];
      const [sum] = await stores.figures.sums({ offerIds, from: monday, to: monday, by: [] });
      const coverage = await stores.figures.coverage(offerIds, monday, monday);

      expect(sum?.figures.ftds).toBe(3);
      expect(coverage.filter((one) => one.reported === 1)).toHaveLength(1);
      expect(coverage).toHaveLength(1201);
    });

    test('shows figures as they stood, without days and rows that came later', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const other = { campaignId: 'c2', campaign: 'Other' };
      await stores.figures.apply(
        reading(
          offer.id,
          now,
          [monday],
          [sourceRow(monday, { ftds: 3, ngr: null }), sourceRow(monday, { ftds: 1 }, other)],
        ),
      );
      await stores.figures.apply(
        reading(
          offer.id,
          later,
          [monday, tuesday],
          [sourceRow(monday, { ftds: 5, ngr: 8n }), sourceRow(tuesday, { ftds: 9 })],
        ),
      );
      const query = { offerIds: [offer.id], from: monday, to: tuesday, by: ['campaign'] } as const;

      const then = await stores.figures.sums({ ...query, asOf: now });
      const current = await stores.figures.sums(query);

      expect(then.map((row) => [row.campaign, row.figures])).toEqual([
        ['Main', figures({ ftds: 3 })],
        ['Other', figures({ ftds: 1 })],
      ]);
      expect(current.map((row) => [row.campaign, row.figures])).toEqual([
        ['Main', figures({ ftds: 14, ngr: 8n })],
      ]);
    });

    test('sums changes since an instant and leaves out what was taken back', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const readings = [
        [now, { ftds: 3, clicks: 10 }],
        ['2026-11-17T00:00:00.000Z', { ftds: 2, clicks: 11 }],
        ['2026-11-18T00:00:00.000Z', { ftds: 1, clicks: 10 }],
        ['2026-11-19T00:00:00.000Z', { ftds: 7, clicks: 10 }],
      ] as const;
      for (const [at, given] of readings) {
        await stores.figures.apply(reading(offer.id, at, [monday], [sourceRow(monday, given)]));
      }

      const sums = await stores.figures.changeSums([offer.id], now, '2026-11-18T00:00:00.000Z');

      expect(sums).toEqual([
        { offerId: offer.id, day: monday, currency: 'EUR', field: 'ftds', difference: -2n },
      ]);
    });

    test('marks failed days, but never one that was reported', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      await stores.figures.apply(reading(offer.id, now, [monday], [sourceRow(monday, { ftds: 3 })]));

      await stores.figures.markFailed(offer.id, '2026-11-15', tuesday, later);

      expect(await stores.figures.coverage([offer.id], '2026-11-14', tuesday)).toEqual([
        { offerId: offer.id, reported: 1, absent: 0, failed: 2, lastReported: monday },
      ]);
      const days = await stores.figures.days(offer.id, '2026-11-14', tuesday);
      expect(days.map((day) => [day.state, day.readAt])).toEqual([
        ['failed', later],
        ['reported', now],
        ['failed', later],
      ]);
    });

    test('tells the days of all time in the order of the calendar', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      await stores.figures.apply(reading(offer.id, now, [tuesday, monday], []));

      const days = await stores.figures.days(offer.id, '0001-01-01', '9999-12-31');

      expect(days.map(({ day, readAt }) => [day, readAt])).toEqual([
        [monday, now],
        [tuesday, now],
      ]);
    });

    test('a confirmed reading makes fresh what that run stored, and nothing else', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const rows = [sourceRow(monday, { ftds: 3 })];
      await stores.figures.apply(reading(offer.id, now, [monday], rows, { runId: 7 }));
      await stores.figures.apply(reading(offer.id, now, [tuesday], [], { runId: 8 }));

      const span = { from: monday, to: tuesday, at: later, since: now };
      await stores.figures.confirm({ offerId: offer.id, runId: 9, sameAs: 7, ...span });

      const days = await stores.figures.days(offer.id, monday, tuesday);
      expect(days.map((day) => [day.day, day.state, day.readAt])).toEqual([
        [monday, 'reported', later],
        [tuesday, 'reported', now],
      ]);
    });

    test('a day that was whole when it was read stays as it is, and one that was read too early becomes fresh', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const whole = '2026-11-11';
      const early = '2026-11-12';
      const rows = [whole, early, monday].map((day) => sourceRow(day, { ftds: 3 }));
      const read = (at: string, runId: number) =>
        stores.figures.apply(reading(offer.id, at, [whole, early, monday], rows, { runId }));
      const readAt = async () =>
        (await stores.figures.days(offer.id, whole, monday)).map((day) => [day.day, day.readAt]);
      await read(now, 7);

      // Long after, as when a source was out of reach.
      await read('2026-12-16T08:00:00.000Z', 8);

      const first = [
        [whole, now],
        [early, '2026-12-16T08:00:00.000Z'],
        [monday, '2026-12-16T08:00:00.000Z'],
      ];
      expect(await readAt()).toEqual(first);
      const since = '2026-12-16T08:00:00.000Z';
      const span = { from: whole, to: monday, at: '2026-12-17T08:00:00.000Z', since };
      await stores.figures.confirm({ offerId: offer.id, runId: 9, sameAs: 8, ...span });
      await read('2026-12-18T08:00:00.000Z', 10);
      expect(await readAt()).toEqual(first);
    });

    test('thousands of rows of several days are restated as few are, also a day that has none any more', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const days = [monday, tuesday, addDays(tuesday, 1)];
      const rowsWith = (some: readonly string[], ngr: bigint) =>
        some.flatMap((day) =>
          Array.from({ length: 2600 }, (_, place) => {
            const own = { campaignId: `c${place}`, campaign: `Campaign ${place}` };
            return sourceRow(day, { ftds: place, ngr: place === 0 ? ngr : 5n }, own);
          }),
        );
      await stores.figures.apply(reading(offer.id, now, days, rowsWith(days, 7n)));

      const kept = [monday, addDays(tuesday, 1)];
      const again = reading(offer.id, later, days, rowsWith(kept, 8n), { runId: 8 });
      const { daysChanged, changes } = await stores.figures.apply(again);

      expect([daysChanged, changes]).toEqual([3, 2 + 2 * 2600]);
      expect(await stores.figures.countRows(offer.id)).toBe(2 * 2600);
      const logged = await stores.figures.changes(offer.id, monday, addDays(tuesday, 1));
      expect(logged.filter(({ day }) => day !== tuesday)).toMatchObject(
        kept.map((day) => ({ day, field: 'ngr', before: 7n, after: 8n, runId: 8 })),
      );
    });

    test('FTD come by day and campaign, and are n/a where no row has any', async () => {
      const stores = await open();
      const offer = await storeOffer(stores);
      const rows = [
        sourceRow(monday, { ftds: 3 }),
        sourceRow(monday, { ftds: 2 }, { brandId: 'b2', brand: 'Other' }),
        sourceRow(monday, { clicks: 1 }, { campaignId: 'c2', campaign: 'Side' }),
      ];
      await stores.figures.apply(reading(offer.id, now, [monday], rows));

      const counts = await stores.figures.ftds(offer.id, monday, tuesday);

      expect([...counts].sort((a, b) => (a.campaign < b.campaign ? -1 : 1))).toEqual([
        { day: monday, campaign: 'Main', ftds: 5 },
        { day: monday, campaign: 'Side', ftds: null },
      ]);
    });
  });
}
