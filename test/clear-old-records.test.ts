import { expect, test } from 'vitest';
import { clearOldRecords } from '../src/clear-old-records.js';
import type { Instant } from '../src/dates.js';
import { DeliveryError } from '../src/delivery/outbox.js';
import { say } from '../src/delivery/say.js';
import type { Stores } from '../src/ports.js';
import { createWork } from '../src/work.js';
import { testCore } from './digest/core.js';
import { type Bench, day, openBench } from './support/bench-core.js';
import { openTestStores } from './support/sqlite.js';
import { card, channel, now, outboxRow, storeOffer, syncRun } from './support/stored.js';

const workspace = 'slack:T1';
/** 90 days and two years before the day of `now` began. */
const [runsKeptFrom, linesKeptFrom] = ['2026-08-18T00:00:00.000Z', '2024-11-16T00:00:00.000Z'] as const;
const justBefore = (instant: Instant) => new Date(Date.parse(instant) - 1).toISOString();

async function addRuns(stores: Stores, ends: readonly Instant[]): Promise<number> {
  const offer = await storeOffer(stores);
  for (const at of ends) await stores.runs.add(syncRun(offer.id, at));
  return offer.id;
}

async function endsOf(stores: Stores, offerId: number): Promise<Instant[]> {
  return (await stores.runs.latest(offerId, 10_000)).map(({ endedAt }) => endedAt).reverse();
}

async function addLines(stores: Stores, count: number, at: Instant): Promise<void> {
  const line = { workspace, userId: 'U1', userName: 'Ann', action: 'offer sync', subject: 'offer 1' };
  await stores.transaction(async ({ audit }) => {
    for (let index = 0; index < count; index += 1) await audit.add({ ...line, at, outcome: 'done' });
  });
}

async function linesOf(stores: Stores): Promise<number> {
  return (await stores.audit.latest(workspace, 100_000)).length;
}

test('runs are kept for 90 days, and what people did for two years', async () => {
  const stores = await openTestStores();
  const offerId = await addRuns(stores, [justBefore(runsKeptFrom), runsKeptFrom, now]);
  await addLines(stores, 1, justBefore(linesKeptFrom));
  await addLines(stores, 1, linesKeptFrom);

  await clearOldRecords(testCore(stores, now));

  expect(await endsOf(stores, offerId)).toEqual([runsKeptFrom, now]);
  expect(await stores.audit.latest(workspace, 10)).toMatchObject([{ at: linesKeptFrom }]);
});

test('alerts that are over are kept for two years', async () => {
  const stores = await openTestStores();
  const problem = {
    code: 'probe.token-refused',
    what: 'It is refused.',
    why: 'It ended.',
    fix: ['Renew it.'],
  };
  for (const [place, recoveredAt] of [justBefore(linesKeptFrom), linesKeptFrom].entries()) {
    const about = { workspace, kind: 'token-refused', subject: `offer:${place}`, offerId: null } as const;
    const openedAt = '2024-11-01T00:00:00.000Z';
    const { incident } = await stores.incidents.open({ ...about, problem, openedAt });
    await stores.incidents.change(incident.id, { state: 'recovered', recoveredAt });
  }

  await clearOldRecords(testCore(stores, now));

  expect((await stores.incidents.latest(workspace, 10)).map(({ number }) => number)).toEqual([2]);
});

test('what has become old is cleared away once a day, by the round of each minute', async () => {
  const stores = await openTestStores();
  const offerId = await addRuns(stores, ['2026-08-18T12:00:00.000Z', now]);
  const core = testCore(stores, now);
  const { plan } = createWork(core);
  await stores.offers.change(offerId, { state: 'paused' });

  core.at('2026-11-16T23:59:00.000Z');
  await plan();
  const before = await endsOf(stores, offerId);
  core.at('2026-11-17T00:00:00.000Z');
  await plan();

  expect(before).toHaveLength(2);
  expect(await endsOf(stores, offerId)).toEqual([now]);
});

test('one round removes a few thousand records at the most, and the next ones go on', async () => {
  const stores = await openTestStores();
  await addLines(stores, 9000, justBefore(linesKeptFrom));
  const core = testCore(stores, now);
  const left: number[] = [];

  for (let round = 0; round < 3; round += 1) {
    await clearOldRecords(core);
    left.push(await linesOf(stores));
  }

  expect(left).toEqual([5000, 1000, 0]);
});

test('whoever asks while thousands of records are removed is answered in between', async () => {
  const stores = await openTestStores();
  await addLines(stores, 4000, justBefore(linesKeptFrom));
  const seen: number[] = [];
  let isCleared = false;

  const clearing = clearOldRecords(testCore(stores, now)).then(() => {
    isCleared = true;
  });
  while (!isCleared) seen.push(await linesOf(stores));
  await clearing;

  expect(await linesOf(stores)).toBe(0);
  expect(new Set(seen).size).toBeGreaterThan(10);
});

test('a message that waited for a hundred days is still said', async () => {
  const stores = await openTestStores();
  await stores.outbox.add(outboxRow('digest-day:2026-08-01', { createdAt: '2026-08-01T08:00:00.000Z' }));

  await clearOldRecords(testCore(stores, now));

  expect(await stores.outbox.claim(now)).toMatchObject({ subject: 'digest-day:2026-08-01' });
});

function sayAlert({ stores, clock }: Bench, title: string): Promise<number> {
  return say(stores, {
    workspace,
    target: channel,
    subject: 'incident:1',
    card: card(title),
    now: clock.now(),
  });
}

async function openChat(): Promise<Bench> {
  const bench = await openBench();
  await bench.stores.workspaces.ensure(workspace, 'slack', 'Team', { id: 'U9', name: 'Boss' }, now);
  return bench;
}

test('an alert that has been open for a hundred days is edited when it ends, and not posted anew', async () => {
  const bench = await openChat();
  const first = await sayAlert(bench, 'open');
  await bench.deliverAll();
  bench.clock.forward(100 * day);

  await clearOldRecords(bench.core);
  // Where its row is gone this says nothing.
  await bench.stores.outbox.sent(first, 'it would be another message', bench.clock.now());
  await sayAlert(bench, 'mended');
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'edit #casino']);
  expect(bench.chat.posted[0]?.titles).toEqual(['open', 'mended']);
});

test('a message that has been in doubt for a hundred days is looked for, and not sent again', async () => {
  const bench = await openChat();
  await sayAlert(bench, 'open');
  bench.chat.faults.push({ error: new DeliveryError('doubtful', 'timeout'), taken: true });
  await bench.deliverAll();
  bench.clock.forward(100 * day);

  await clearOldRecords(bench.core);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'find #casino']);
  expect(await bench.stores.outbox.messageOf(workspace, channel, 'incident:1')).toBe('m1');
});
