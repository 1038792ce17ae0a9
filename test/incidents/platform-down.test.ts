import { expect, test } from 'vitest';
import { type HostRun, isPlatformDown } from '../../src/incidents/platform-down.js';
import type { Offer } from '../../src/offers/offer.js';
import { type Bench, hour, minute, openBench } from '../support/bench-core.js';
import { failRun, goodRun } from '../support/offer-at-work.js';
import { sourceRow, storeOffer } from '../support/stored.js';

const start = '2026-11-17T07:00:00.000Z';

function run(offerId: number, minutes: number, problemCode: string | null, token = `t${offerId}`): HostRun {
  const endedAt = `2026-11-17T07:${String(minutes).padStart(2, '0')}:00.000Z`;
  return { offerId, tokenFingerprint: token, endedAt, problemCode };
}

test('calls a platform down after three different offers failed since it last answered', () => {
  const failing = [1, 2, 3].map((id) => run(id, id, 'probe.server-error'));

  expect(isPlatformDown(failing.slice(0, 2), 200)).toBe(false);
  expect(isPlatformDown(failing, 200)).toBe(true);
  expect(isPlatformDown([...failing, run(4, 9, null)], 200)).toBe(false);
});

test('needs two offers where only few live at the host, and never calls one offer a platform', () => {
  const two = [run(1, 1, 'probe.timed-out'), run(2, 2, 'probe.unreachable')];

  expect(isPlatformDown(two, 4)).toBe(true);
  expect(isPlatformDown(two, 5)).toBe(false);
  expect(isPlatformDown([run(1, 1, 'probe.timed-out'), run(1, 2, 'probe.timed-out')], 1)).toBe(false);
});

test('counts one expired token once, however many reports it serves', () => {
  const oneToken = [1, 2, 3, 4].map((id) => run(id, id, 'probe.token-refused', 'same'));
  const manyTokens = [1, 2, 3].map((id) => run(id, id, 'probe.token-refused'));

  expect(isPlatformDown(oneToken, 4)).toBe(false);
  expect(isPlatformDown(manyTokens, 200)).toBe(true);
});

test('does not count what only one report can be guilty of', () => {
  const failing = [1, 2, 3].map((id) => run(id, id, 'probe.too-large'));

  expect(isPlatformDown(failing, 3)).toBe(false);
});

async function openHost(count: number): Promise<{ bench: Bench; offers: Offer[] }> {
  const bench = await openBench(start);
  const offers: Offer[] = [];
  for (let index = 0; index < count; index += 1) {
    const channelNumber = index % 3;
    const owner = index % 2 === 0 ? { ownerId: 'U1', ownerName: 'Ann' } : { ownerId: 'U2', ownerName: 'Bob' };
    offers.push(
      await storeOffer(bench.stores, {
        name: `Offer ${index + 1}`,
        fingerprint: `report ${index}`,
        tokenFingerprint: `token ${index}`,
        channelId: `C${channelNumber}`,
        channelName: `#channel-${channelNumber}`,
        ...owner,
      }),
    );
  }
  return { bench, offers };
}

/** Lets so many minutes pass with their rounds; 0 runs one round now. */
async function minutes(bench: Bench, count: number): Promise<void> {
  if (count === 0) {
    await bench.tendAll();
    await bench.deliverAll();
  }
  for (let passed = 0; passed < count; passed += 1) {
    bench.clock.forward(minute);
    await bench.tendAll();
    await bench.deliverAll();
  }
}

function messages(bench: Bench, place: string): number {
  return bench.chat.posted.filter((one) => one.place === place).length;
}

for (const [count, code] of [
  [200, 'probe.server-error'],
  [60, 'probe.token-refused'],
] as const) {
  test(`tells ${count} offers of one host that all fail with ${code} as one outage with one recovery`, async () => {
    const { bench, offers } = await openHost(count);
    const eachSeconds = 3600 / count;
    for (const offer of offers) {
      bench.clock.forward(eachSeconds * 1000);
      await failRun(bench, offer, code);
      if (offer.number % 4 === 0) await minutes(bench, 0);
    }
    await minutes(bench, 80);
    const told = [0, 1, 2].map((channel) => messages(bench, `#channel-${channel}`));
    for (const offer of offers) {
      bench.clock.forward(eachSeconds * 1000);
      await goodRun(bench, offer.id, { days: ['2026-11-16'], rows: [sourceRow('2026-11-16', { ftds: 1 })] });
      if (offer.number % 4 === 0) await minutes(bench, 0);
    }
    await minutes(bench, 80);

    console.log(`${count} offers, ${code}: messages by channel ${told.join(', ')}, then edits only`);
    expect(Math.max(...told)).toBeLessThanOrEqual(2);
    expect([0, 1, 2].map((channel) => messages(bench, `#channel-${channel}`))).toEqual(told);
    const recoveries = bench.chat.titlesAt('#channel-0').filter((title) => title.includes('is back'));
    expect(recoveries).toEqual([
      `lucky.example is back after 3 h: 1 day read again, FTD +${count} since it stopped`,
    ]);
    expect(await bench.stores.incidents.listOpen('slack:T1')).toEqual([]);
  });
}

test('gives no advice to renew while the platform is down', async () => {
  const { bench, offers } = await openHost(6);
  for (const offer of offers) await failRun(bench, offer);
  await bench.deliverAll();

  const outage = bench.chat.posted.find((one) => one.titles[0]?.startsWith('lucky.example'))?.message.card;
  expect(outage?.title).toBe(
    'lucky.example has stopped answering for 6 offers (since Tue 07:00). Nothing to renew',
  );
  const titles = bench.chat.posted.map((one) => one.titles.at(-1));
  expect(titles).toContain('Offer 1: lucky.example has stopped answering, see alert 3');
});

test('tells a failing offer after ten minutes when its neighbours are well', async () => {
  const { bench, offers } = await openHost(6);
  const [broken, ...others] = offers;
  if (!broken) throw new Error('no offer');
  await failRun(bench, broken, 'probe.server-error');
  await minutes(bench, 5);
  const early = bench.chat.calls.length;
  for (const other of others) await goodRun(bench, other.id);
  await minutes(bench, 6);

  expect(early).toBe(0);
  expect(bench.chat.calls).toEqual(['send #channel-0', 'send Ann']);
});

test('says nothing of a short fault that passed before it was told', async () => {
  const { bench, offers } = await openHost(2);
  const [first] = offers;
  if (!first) throw new Error('no offer');
  await failRun(bench, first, 'probe.timed-out');
  await minutes(bench, 5);
  await goodRun(bench, first.id);
  await minutes(bench, 30);

  expect(bench.chat.calls).toEqual([]);
});

test('never sends a channel more than two messages when a small host fails over an hour', async () => {
  const { bench, offers } = await openHost(5);
  for (const offer of offers) {
    await failRun(bench, offer, 'probe.unreachable');
    await minutes(bench, 12);
  }
  for (const offer of offers) await failRun(bench, offer, 'probe.unreachable');
  await minutes(bench, 80);

  const most = Math.max(...[0, 1, 2].map((channel) => messages(bench, `#channel-${channel}`)));
  expect(most).toBeLessThanOrEqual(2);
});

test('ends an outage after a full round though one offer stays broken, which then is told by itself', async () => {
  const { bench, offers } = await openHost(4);
  for (const offer of offers) await failRun(bench, offer, 'probe.token-refused');
  await bench.deliverAll();
  bench.clock.forward(hour);
  const [broken, ...others] = offers;
  if (!broken) throw new Error('no offer');
  for (const other of others) await goodRun(bench, other.id);
  await minutes(bench, 15);
  await failRun(bench, broken, 'probe.token-refused');
  await minutes(bench, 75);

  const open = await bench.stores.incidents.listOpen('slack:T1');
  expect(open.map((one) => [one.kind, one.subject])).toEqual([['token-refused', `offer:${broken.id}`]]);
});
