import { describe, expect, test } from 'vitest';
import { daysBetween } from '../../src/dates.js';
import type { Offer } from '../../src/offers/offer.js';
import type { Stores } from '../../src/ports.js';
import { figures, now, reading, sourceRow, storeOffer } from '../support/stored.js';

const later = '2026-11-17T08:00:00.000Z';
const from = '2026-11-01';
const to = '2026-11-10';
const days = daysBetween(from, to);
const dollars = { campaignId: 'c2', campaign: 'Other', currency: 'USD' };

/** One offer in euros alone, one in euros and dollars. */
async function twoOffers(stores: Stores): Promise<readonly [Offer, Offer]> {
  const plain = await storeOffer(stores);
  const mixed = await storeOffer(stores, { name: 'Nord', fingerprint: 'fingerprint-2' });
  const euros = days.map((day) => sourceRow(day, { ftds: 2, ngr: 10n }));
  const both = [...euros, ...days.map((day) => sourceRow(day, { ftds: 1, clicks: 5 }, dollars))];
  await stores.figures.apply(reading(plain.id, now, days, euros));
  await stores.figures.apply(reading(mixed.id, now, days, both));
  return [plain, mixed];
}

/** What the figures of any database must do for many offers at once. */
export function testBatches(open: () => Promise<Stores>): void {
  describe('figures of many offers', () => {
    test('never adds currencies up, whether an offer has one or several', async () => {
      const stores = await open();
      const [plain, mixed] = await twoOffers(stores);
      const offerIds = [plain.id, mixed.id];

      const sums = await stores.figures.sums({ offerIds, from, to, by: ['offer'] });
      const byDay = await stores.figures.sums({ offerIds, from, to, by: ['offer', 'day'] });

      expect(sums.map((row) => [row.offerId, row.currency, row.figures])).toEqual([
        [plain.id, 'EUR', figures({ ftds: 20, ngr: 100n })],
        [mixed.id, 'EUR', figures({ ftds: 20, ngr: 100n })],
        [mixed.id, 'USD', figures({ ftds: 10, clicks: 50 })],
      ]);
      expect(byDay).toHaveLength(30);
      expect(byDay[0]).toMatchObject({ offerId: plain.id, day: from, currency: 'EUR' });
    });

    test('sums only the figures that are asked for, and keeps groups that have none of them', async () => {
      const stores = await open();
      const [, mixed] = await twoOffers(stores);
      const query = { offerIds: [mixed.id], from, to, by: ['offer'], fields: ['ngr'] } as const;

      const now = await stores.figures.sums(query);
      const past = await stores.figures.sums({ ...query, asOf: later });

      const expected = [
        ['EUR', figures({ ngr: 100n })],
        ['USD', figures({})],
      ];
      expect(now.map((row) => [row.currency, row.figures])).toEqual(expected);
      expect(past.map((row) => [row.currency, row.figures])).toEqual(expected);
    });

    test('sums the same however the figures are split', async () => {
      const stores = await open();
      const [plain, mixed] = await twoOffers(stores);
      const twin = { brandId: 'b2', brand: 'Nord' };
      const again = days.flatMap((day) => [
        sourceRow(day, { ftds: 2, ngr: 10n }),
        sourceRow(day, { ftds: 5, ngr: null }, twin),
        sourceRow(day, {}, { ...twin, campaign: 'Nothing', campaignId: 'c3' }),
      ]);
      await stores.figures.apply(reading(plain.id, later, days, again));
      const offerIds = [plain.id, mixed.id];
      const splits = [['offer'], ['day'], ['day', 'offer'], ['day', 'offer', 'campaign']] as const;

      const sums = await stores.figures.windowSums(
        offerIds,
        splits.map((by) => ({ from, to, by, fields: ['ftds', 'ngr'] })),
      );
      const past = await stores.figures.sums({ offerIds, from, to, by: splits[3], asOf: now });

      const first = sums.map(([row]) => [row?.offerId, row?.day, row?.campaign, row?.figures]);
      expect(first).toEqual([
        [plain.id, null, null, figures({ ftds: 70, ngr: 100n })],
        [null, from, null, figures({ ftds: 9, ngr: 20n })],
        [plain.id, from, null, figures({ ftds: 7, ngr: 10n })],
        [plain.id, from, 'Main', figures({ ftds: 7, ngr: 10n })],
      ]);
      expect(sums.map((rows) => rows.length)).toEqual([3, 20, 30, 30]);
      expect(past).toHaveLength(30);
      expect(past[0]?.figures).toEqual(figures({ ftds: 2, ngr: 10n }));
    });

    test('sums several windows as each of them by itself', async () => {
      const stores = await open();
      const [plain, mixed] = await twoOffers(stores);
      const offerIds = [plain.id, mixed.id, mixed.id + 1000];
      const windows = [
        { from, to, by: ['offer'], fields: ['clicks', 'ngr'] },
        { from: to, to, by: ['offer', 'day', 'campaign'], fields: ['ftds'] },
        { from: '2026-12-01', to: '2026-12-10', by: ['offer'], fields: ['ftds'] },
      ] as const;

      const sums = await stores.figures.windowSums(offerIds, windows);

      for (const [place, window] of windows.entries()) {
        expect(sums[place]).toEqual(await stores.figures.sums({ offerIds, ...window }));
      }
      expect(sums.map((rows) => rows.length)).toEqual([3, 3, 0]);
    });

    test('tells of changed groups alone how they stood, and that some were not there', async () => {
      const stores = await open();
      const [plain, mixed] = await twoOffers(stores);
      const changed = [sourceRow(to, { ftds: 7, ngr: null }), sourceRow(to, { ftds: 3 }, dollars)];
      await stores.figures.apply(reading(plain.id, later, [to, '2026-11-11'], changed));
      const offerIds = [plain.id, mixed.id];
      const query = { offerIds, from, to: '2026-11-11', by: ['day', 'offer', 'campaign'] } as const;

      const past = await stores.figures.pastSums({ ...query, asOf: now });

      expect(past.map((row) => [row.offerId, row.day, row.currency, row.figures])).toEqual([
        [plain.id, to, 'EUR', figures({ ftds: 2, ngr: 10n })],
        [plain.id, to, 'USD', figures({})],
      ]);
      expect(await stores.figures.pastSums({ ...query, asOf: later })).toEqual([]);
    });

    test('a day that was first reported later stands as it stands now', async () => {
      const stores = await open();
      const { id } = await storeOffer(stores);
      await stores.figures.apply(reading(id, now, [from], [sourceRow(from, { ftds: 1 })]));
      await stores.figures.apply(reading(id, later, [from], [sourceRow(from, { ftds: 4 })]));
      const query = { offerIds: [id], from, to, by: ['day', 'offer'] } as const;

      const past = await stores.figures.pastSums({ ...query, asOf: '2026-11-01T00:00:00.000Z' });

      expect(past).toEqual([]);
    });

    test('gives the days of every offer, with gaps, failures and offers without any', async () => {
      const stores = await open();
      const [plain, mixed] = await twoOffers(stores);
      await stores.figures.markFailed(plain.id, '2026-11-13', '2026-11-13', later);
      const offerIds = [plain.id, mixed.id, mixed.id + 1000];

      const found = await stores.figures.daysOf(offerIds, '2026-11-03', '2026-11-20');

      expect([...found.keys()]).toEqual(offerIds);
      for (const id of offerIds) {
        const expected = await stores.figures.days(id, '2026-11-03', '2026-11-20');
        expect(found.get(id)?.between(from, '2026-11-20')).toEqual(expected);
        for (const record of expected) expect(found.get(id)?.on(record.day)).toEqual(record);
      }
      expect(found.get(plain.id)?.stateOn('2026-11-13')).toBe('failed');
      expect(
        ['2026-11-02', '2026-11-11', '2026-11-14', '2026-11-21'].map((day) => found.get(plain.id)?.on(day)),
      ).toEqual([null, null, null, null]);
      expect(found.get(plain.id)?.between('2026-11-09', to)).toHaveLength(2);
      expect(found.get(plain.id)?.firstReportedAfter('2026-11-16T07:59:59.999Z', '2026-11-05')).toEqual([
        '2026-11-03',
        '2026-11-04',
        '2026-11-05',
      ]);
      expect(found.get(plain.id)?.firstReportedAfter(now, '2026-11-20')).toEqual([]);
    });

    test('tells when a figure last changed on a day', async () => {
      const stores = await open();
      const { id } = await storeOffer(stores);
      for (const [index, at] of [now, later, '2026-11-18T08:00:00.000Z'].entries()) {
        const row = sourceRow(from, { ftds: index, ngr: BigInt(index), clicks: 5 });
        await stores.figures.apply(reading(id, at, [from], [row]));
      }

      const changes = await stores.figures.lastChanges([id], from, to, ['ftds', 'clicks']);

      expect(changes).toEqual([{ offerId: id, day: from, field: 'ftds', at: '2026-11-18T08:00:00.000Z' }]);
    });
  });

  describe('pages of offers', () => {
    test('gives the first offers that may be seen, and counts the rest', async () => {
      const stores = await open();
      const made = [];
      for (const [index, channelId] of ['C1', 'C2', 'C1', 'C1'].entries()) {
        const marks = { name: `Offer ${index}`, fingerprint: `fingerprint-${index}` };
        made.push(await storeOffer(stores, { ...marks, channelId, ownerId: index === 1 ? 'U9' : 'U1' }));
      }
      const ids = made.map((offer) => offer.id);
      await stores.offers.change(ids[3] ?? 0, { state: 'paused' });

      const own = await stores.offers.page('slack:T1', { channelId: 'C1', ownerId: 'U2' }, 2, ids);
      const owner = await stores.offers.page('slack:T1', { channelId: 'C3', ownerId: 'U9' }, 2, []);
      const whole = await stores.offers.page('slack:T1', null, 10, ids.slice(1));

      expect(own).toMatchObject({ found: 3, activeOf: 2, all: 4 });
      expect(own.offers.map((offer) => offer.id)).toEqual([ids[0], ids[2]]);
      expect(owner).toMatchObject({ found: 1, activeOf: 0, all: 4, offers: [{ id: ids[1] }] });
      expect(whole).toMatchObject({ found: 4, activeOf: 2, all: 4 });
      expect(whole.offers).toEqual(await stores.offers.list('slack:T1'));
    });
  });
}
