import { expect, test } from 'vitest';
import type { Card } from '../../src/card.js';
import { buildDigest } from '../../src/digest/build-digest.js';
import type { DigestRequest } from '../../src/digest/gather.js';
import type { Figures } from '../../src/figures.js';
import type { Stores } from '../../src/ports.js';
import { openTestStores } from '../support/sqlite.js';
import { reading } from '../support/stored.js';
import { charts, fact, tables, texts } from './core.js';
import { euro, newOffer, now, read, storeLiveHistory, thursday, zone } from './history.js';

const workspace = 'slack:T1';

async function digest(stores: Stores, change: Partial<DigestRequest> = {}): Promise<Card> {
  return buildDigest(
    { stores },
    {
      workspace,
      channelName: '#casino',
      offers: await stores.offers.list(workspace),
      period: { from: thursday, to: thursday },
      zone,
      now,
      since: { at: '2026-11-19T08:00:00.000Z', toldTo: '2026-11-18' },
      ...change,
    },
  );
}

function day(ftds: number, ngr: number, commission = 0): Partial<Figures> {
  return {
    clicks: ftds * 10,
    registrations: ftds * 2,
    ftds,
    deposits: euro(ngr * 2),
    ngr: euro(ngr),
    commission: euro(commission),
  };
}

/** Three offers since 1 October: one that fills up for a day, one that fails on Thursday, one that stops reporting. */
async function threeOffers(stores: Stores): Promise<Card> {
  const lucky = await newOffer(stores, 'Lucky Star');
  const nord = await newOffer(stores, 'Nord');
  const royal = await newOffer(stores, 'Royal');
  await storeLiveHistory(stores, lucky, '2026-10-01', thursday, (date) => ({
    young: day(date === thursday ? 18 : 9, 1000, 300),
    grown: day(11, 1100, 330),
  }));
  await storeLiveHistory(stores, nord, '2026-10-01', thursday, (date) => ({
    young: day(date === thursday ? 0 : 5, -200.55),
  }));
  await storeLiveHistory(stores, royal, '2026-10-01', '2026-11-16', () => ({ young: day(2, 200, 60) }));
  return digest(stores);
}

test('says first whether the day can be trusted', async () => {
  const card = await threeOffers(await openTestStores());

  expect(card.title).toBe('Thu 19 Nov · 2 of 3 offers in · 1 still filling up');
  expect(card.tone).toBe('warning');
  expect(texts(card)).toContain('Europe/Malta');
});

test('compares with the same weekday at the same age, and only the offers that are in', async () => {
  const card = await threeOffers(await openTestStores());

  // Usual FTD: 9 (not the 11 that those days grew to) and 5; Royal is not in and not expected in the sum.
  expect(fact(card, 'EUR')).toBe(
    '18 FTD (+4) · NGR 799.45 (usual 799) · commission 300.00 (usual 300)  ████▇▇█',
  );
  expect(tables(card)[0]?.rows).toContainEqual(['EUR', 'FTD', '18', '14', '+4']);
  expect(tables(card)[0]?.rows).toContainEqual(['EUR', 'Clicks', '180', '140', '+29%']);
});

test('names the best and the worst, and how rare a drop is', async () => {
  const card = await threeOffers(await openTestStores());

  expect(fact(card, 'Best')).toBe('Lucky Star 18 FTD (+9)');
  expect(fact(card, 'Worst')).toBe('Nord 0 FTD (usual 5; rare: 1 in 150)');
  expect(fact(card, 'Moved most')).toBe('Lucky Star / Main: FTD +9 (usual 9)\nNord / Main: FTD −5 (usual 5)');
  expect(tables(card)[1]?.rows[0]).toEqual([
    'Lucky Star',
    'EUR',
    '18',
    '9',
    '1,000.00',
    '1,000',
    '300.00',
    'still filling up',
  ]);
});

test('tells what was restated since the last digest, of days already told', async () => {
  const card = await threeOffers(await openTestStores());

  // Wednesday was told at 9 FTD and has grown to 11 since.
  expect(fact(card, 'Restated since Thu 09:00')).toBe(
    '18 Nov: +2 FTD, NGR +100.00, commission +30.00 (Lucky Star)',
  );
});

test('sets the month to date beside last month at the same point and says where it leads', async () => {
  const card = await threeOffers(await openTestStores());

  // Lucky 18 × 11 + 18, Nord 18 × 5 + 0, Royal 16 × 2; last month 18 × 11 + 9, 19 × 5, 19 × 2;
  // ahead 216 × 30 / 19 + 90 × 30 / 19 + 32 × 30 / 16.
  expect(tables(card)[2]?.rows.map((row) => [row[0], row[2], row[5]])).toEqual([
    ['1–19 Nov', '338', '16 of 19 days'],
    ['Last month by then', '340', '19 of 19 days'],
    ['On course for', '543', ''],
  ]);
  expect(tables(card)[2]?.rows[0]?.[3]).toBe('20,189.55');
});

test('draws thirty days with words for who cannot see them, days not complete lighter', async () => {
  const card = await threeOffers(await openTestStores());

  const [block] = charts(card);
  expect(block?.chart.days).toHaveLength(30);
  expect(block?.chart.bars.values.slice(-4)).toEqual([18, 16, 16, 18]);
  expect(block?.chart.provisional?.slice(-4)).toEqual([false, true, true, true]);
  expect(block?.alt).toBe(
    'Chart of FTD (bars) and NGR (line) in EUR, 21 Oct – 19 Nov, 30 of 30 days reported. FTD 536 in all, highest 18 on 19 Nov, lowest 16 on 17 Nov. NGR 32,283.50 in all, highest 1,099.45 on 16 Nov, lowest 799.45 on 19 Nov.',
  );
});

test('says who has not reported, since when, why and who has been told', async () => {
  const stores = await openTestStores();
  const royal = await newOffer(stores, 'Royal', { ownerName: 'Ann' });
  await newOffer(stores, 'Bella');
  const { incident } = await stores.incidents.open({
    workspace,
    kind: 'token-refused',
    subject: `offer:${royal.id}`,
    offerId: royal.id,
    problem: { code: 'probe.token-refused', what: 'Refused.', why: 'Expired.', fix: ['Renew it.'] },
    openedAt: '2026-11-17T06:10:00.000Z',
  });
  await stores.incidents.change(incident.id, { toldAt: '2026-11-17T06:11:00.000Z' });

  const card = await digest(stores);

  expect(card.title).toBe('Thu 19 Nov · 0 of 2 offers in');
  expect(fact(card, 'Not in')?.split('\n')).toEqual([
    'Royal: token refused since Tue 07:10, Ann has been told',
    'Bella: not read yet',
  ]);
  expect(texts(card)).toContain('none of the offers has reported this day yet. This is not a zero.');
  expect(fact(card, 'EUR')).toBeUndefined();
});

test('an absent day stays a gap in the chart and out of every sum', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  await storeLiveHistory(stores, lucky, '2026-11-10', thursday, (date) =>
    date === '2026-11-15' ? null : { young: day(4, 100) },
  );

  const card = await digest(stores);

  const values = charts(card)[0]?.chart.bars.values ?? [];
  expect(values.slice(-7)).toEqual([4, 4, null, 4, 4, 4, 4]);
  expect(values[0]).toBeNull();
  expect(charts(card)[0]?.alt).toContain('9 of 30 days reported');
  expect(fact(card, 'EUR')).toContain('██·████');
  expect(tables(card)[2]?.rows[0]).toEqual(['1–19 Nov', 'EUR', '36', '900.00', '0.00', '9 of 19 days']);
});

test('a reported day without rows is a true zero and compared as one', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  await storeLiveHistory(stores, lucky, '2026-10-20', '2026-11-18', () => ({ young: day(4, 100) }));
  await stores.transaction((inside) => inside.figures.apply(reading(lucky.id, now, [thursday], [])));

  const card = await digest(stores);

  expect(fact(card, 'EUR')).toMatch(/^0 FTD \(−4\) · NGR 0\.00 \(usual 100\)/);
  expect(fact(card, 'Worst')).toContain('Lucky Star 0 FTD (usual 4; rare: 1 in 55)');
});

test('a true zero and an n/a make a gap in the chart, and a total that says whom it leaves out', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star', { currency: 'EUR' });
  const nord = await newOffer(stores, 'Nord', { currency: 'EUR' });
  await read(stores, lucky, '2026-11-19', '2026-11-18', { ftds: 2, ngr: euro(100) });
  await stores.transaction((inside) => inside.figures.apply(reading(lucky.id, now, [thursday], [])));
  await read(stores, nord, '2026-11-20', thursday, { ftds: 3, ngr: null });

  const card = await digest(stores);

  const chart = charts(card)[0]?.chart;
  expect(chart?.bars.values.slice(-2)).toEqual([2, 3]);
  expect(chart?.line.values.slice(-2)).toEqual([100, null]);
  expect(fact(card, 'EUR')).toContain('NGR 0.00');
  expect(texts(card)).toContain('Totals without (n/a there): EUR NGR: Nord');
});

test('never adds currencies, and names what is not available', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  const coin = await newOffer(stores, 'Coin');
  await read(stores, lucky, '2026-11-20', thursday, day(5, 100, 30));
  await read(stores, coin, '2026-11-20', thursday, { ftds: 3, ngr: null, clicks: 9 }, { currency: 'USDT' });

  const card = await digest(stores);

  expect(fact(card, 'EUR')).toMatch(/^5 FTD · NGR 100\.00 · commission 30\.00/);
  expect(fact(card, 'USDT')).toMatch(/^3 FTD · NGR n\/a · commission n\/a/);
  expect(charts(card).map((block) => block.chart.title)).toEqual([
    'EUR · 30 days to Thu 19 Nov',
    'USDT · 30 days to Thu 19 Nov',
  ]);
  expect(charts(card)[1]?.alt).toContain('NGR n/a.');
});

test('takes final figures where the history has no reading of the same age, marks them, and calls nothing rare', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  const days = ['2026-10-22', '2026-10-29', '2026-11-05', '2026-11-12'];
  for (const date of days) await read(stores, lucky, '2026-11-18', date, day(20, 100));
  await read(stores, lucky, '2026-11-20', thursday, day(1, 100));

  const card = await digest(stores);

  expect(tables(card)[0]?.rows).toContainEqual(['EUR', 'FTD', '1', '20*', '−19']);
  expect(fact(card, 'EUR')).toMatch(/^1 FTD \(−19\*\) · NGR 100\.00 \(usual 100\*\)/);
  expect(card.blocks).toContainEqual({
    type: 'text',
    text: '* With final figures where there is no reading of that age.',
    muted: true,
  });
  expect(texts(card)).toContain('* With final figures where there is no reading of that age.');
  expect(fact(card, 'Worst')).toBe('Lucky Star 1 FTD (usual 20)');
  expect(fact(card, 'Best')).toBeUndefined();
});

test('an offer without a history is left out of the comparison, not set against nothing', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  const fresh = await newOffer(stores, 'Fresh');
  await storeLiveHistory(stores, lucky, '2026-10-20', thursday, () => ({ young: day(4, 100) }));
  await read(stores, fresh, '2026-11-20', thursday, day(30, 900));

  const card = await digest(stores);

  expect(fact(card, 'EUR')).toMatch(
    /^34 FTD \(as usual without Fresh\) · NGR 1,000\.00 \(usual 100 without Fresh\)/,
  );
});

test('says which days came in late', async () => {
  const stores = await openTestStores();
  const royal = await newOffer(stores, 'Royal');
  for (const date of ['2026-11-17', '2026-11-18', thursday])
    await read(stores, royal, '2026-11-20', date, day(1, 10));

  const card = await digest(stores);

  expect(fact(card, 'Came in late')).toBe('Royal 17–18 Nov');
});

test('a late digest says so and how many were missed', async () => {
  const stores = await openTestStores();
  await newOffer(stores, 'Royal');

  const card = await digest(stores, { late: { dueAt: '2026-11-20T04:00:00.000Z', skipped: 4 } });

  expect(texts(card)).toContain('Late: this was due Fri 05:00. 4 earlier digests were missed too');
});

test('a channel without offers is told why there is nothing and what to do', async () => {
  const card = await digest(await openTestStores(), { offers: [] });

  expect(card.title).toBe('Thu 19 Nov · no offer in #casino');
  expect(texts(card)).toContain('Nothing to sum up: no offer belongs to #casino.');
});

test('a week is compared with the weeks before and counts the offers that are in for all of it', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  const bella = await newOffer(stores, 'Bella');
  await storeLiveHistory(stores, lucky, '2026-09-01', '2026-11-15', () => ({ young: day(3, 100) }));
  await storeLiveHistory(stores, bella, '2026-09-01', '2026-11-13', () => ({ young: day(2, 50) }));

  const card = await digest(stores, {
    period: { from: '2026-11-09', to: '2026-11-15' },
    now: '2026-11-16T08:00:00.000Z',
  });

  expect(card.title).toBe('9–15 Nov · 1 of 2 offers in · 1 in part');
  expect(fact(card, 'EUR')).toMatch(/^31 FTD \(as usual\) · NGR 950\.00 \(usual 950\)/);
  expect(fact(card, 'Not in')).toBe(
    'Bella: the programme has not got it yet; its last day is 13 Nov (5 of 7 days in)',
  );
});
