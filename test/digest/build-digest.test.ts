import { expect, test } from 'vitest';
import { buildDigest } from '../../src/digest/build-digest.js';
import { openTestStores } from '../support/sqlite.js';
import { euro, newOffer, now, storeLiveHistory, thursday, zone } from './history.js';

test('prints', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  const nord = await newOffer(stores, 'Nord');
  const royal = await newOffer(stores, 'Royal');
  await storeLiveHistory(stores, lucky, '2026-10-01', thursday, (day) => ({
    young: {
      clicks: 100,
      registrations: 20,
      ftds: day === thursday ? 18 : 9,
      deposits: euro(500),
      ngr: euro(1000),
      commission: euro(300),
    },
    grown: {
      clicks: 110,
      registrations: 20,
      ftds: 11,
      deposits: euro(500),
      ngr: euro(1100),
      commission: euro(330),
    },
  }));
  await storeLiveHistory(stores, nord, '2026-10-01', thursday, (day) => ({
    young: {
      clicks: 50,
      registrations: 10,
      ftds: day === thursday ? 0 : 5,
      deposits: euro(100),
      ngr: euro(-200.55),
      commission: euro(0),
    },
  }));
  await storeLiveHistory(stores, royal, '2026-10-01', '2026-11-16', () => ({
    young: { clicks: 50, registrations: 10, ftds: 2, deposits: euro(100), ngr: euro(200), commission: null },
  }));
  const offers = await stores.offers.list('slack:T1');
  const started = performance.now();
  const card = await buildDigest(
    { stores },
    {
      workspace: 'slack:T1',
      channelName: '#casino',
      offers,
      period: { from: thursday, to: thursday },
      zone,
      now,
      since: { at: '2026-11-19T08:00:00.000Z', toldTo: '2026-11-18' },
      late: { dueAt: '2026-11-19T08:00:00.000Z', skipped: 2 },
    },
  );
  console.log(performance.now() - started);
  console.log(
    JSON.stringify(
      card,
      (key, value) => (key === 'chart' ? { ...value, days: value.days.length } : value),
      1,
    ),
  );
  expect(card.tone).toBe('warning');
});
