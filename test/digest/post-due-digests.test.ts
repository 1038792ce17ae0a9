import { expect, test } from 'vitest';
import type { OutboxRow } from '../../src/delivery/outbox.js';
import { postDueDigests } from '../../src/digest/post-due-digests.js';
import type { Every } from '../../src/digest/schedule.js';
import type { Stores } from '../../src/ports.js';
import { noRows } from '../../src/source-rows.js';
import { openTestFile, openTestStores } from '../support/sqlite.js';
import { testCore } from './core.js';
import { newOffer, now, storeLiveHistory, thursday } from './history.js';

async function plan(stores: Stores, every: Every = 'day', channelId = 'C1'): Promise<void> {
  await stores.digests.setSchedule({
    workspace: 'slack:T1',
    channelId,
    channelName: `#${channelId}`,
    at: '09:00',
    timeZone: 'Europe/Malta',
    every,
    createdBy: 'U1',
    createdAt: '2026-11-19T12:00:00.000Z',
  });
}

async function outbox(stores: Stores): Promise<OutboxRow[]> {
  const rows: OutboxRow[] = [];
  for (let row = await stores.outbox.claim('2027-01-01T00:00:00.000Z'); row; ) {
    rows.push(row);
    await stores.outbox.sent(row.id, `m${row.id}`, now);
    row = await stores.outbox.claim('2027-01-01T00:00:00.000Z');
  }
  return rows;
}

test('posts at the local time, once, with the offers of that channel alone', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  await newOffer(stores, 'Elsewhere', { channelId: 'C9', channelName: '#elsewhere' });
  await storeLiveHistory(stores, lucky, '2026-11-10', thursday, () => ({ young: { ftds: 4 } }));
  await plan(stores);
  const core = testCore(stores, '2026-11-20T07:59:00.000Z');

  const counts = [];
  for (const minute of ['2026-11-20T07:59:00.000Z', now, '2026-11-20T08:01:00.000Z', now]) {
    core.at(minute);
    counts.push(await postDueDigests(core));
  }

  expect(counts).toEqual([0, 1, 0, 0]);
  const [row, ...others] = await outbox(stores);
  expect(others).toEqual([]);
  expect(row?.target).toEqual({ kind: 'channel', id: 'C1', name: '#C1' });
  expect(row?.subject).toBe('digest-day:2026-11-20');
  expect(row?.card.title).toBe('Thu 19 Nov · 1 of 1 offer in');
  expect(JSON.stringify(row?.card)).not.toContain('Elsewhere');
});

test('after five days off one digest comes, says that it is late, and is not repeated after a restart', async () => {
  const first = await openTestFile();
  await newOffer(first.stores, 'Lucky Star');
  await plan(first.stores);
  const core = testCore(first.stores, now);
  await postDueDigests(core);
  await outbox(first.stores);

  core.at('2026-11-25T10:00:00.000Z');
  const posted = await postDueDigests(core);
  const [row] = await outbox(first.stores);
  await first.close();
  const second = await openTestFile(first.file);
  const afterRestart = await postDueDigests(testCore(second.stores, '2026-11-25T10:05:00.000Z'));

  expect([posted, afterRestart]).toEqual([1, 0]);
  expect(row?.subject).toBe('digest-day:2026-11-25');
  expect(JSON.stringify(row?.card)).toContain(
    'Late: this was due Wed 09:00. 4 earlier digests were missed too',
  );
});

test('restatements are told since the last digest of the channel', async () => {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  await plan(stores);
  await storeLiveHistory(stores, lucky, '2026-11-10', thursday, () => ({
    young: { ftds: 4 },
    grown: { ftds: 6 },
  }));
  const core = testCore(stores, now);
  await postDueDigests(core);
  await storeLiveHistory(stores, lucky, '2026-11-20', '2026-11-20', () => ({ young: { ftds: 5 } }));
  await stores.transaction((inside) =>
    inside.figures.apply({
      offerId: lucky.id,
      runId: 1,
      at: '2026-11-20T20:00:00.000Z',
      from: thursday,
      to: thursday,
      days: new Map([[thursday, 'reported']]),
      rows: noRows,
    }),
  );

  core.at('2026-11-21T08:00:00.000Z');
  await postDueDigests(core);

  const rows = await outbox(stores);
  expect(JSON.stringify(rows[0]?.card)).not.toContain('Restated');
  expect(JSON.stringify(rows[1]?.card)).toContain(
    '"label":"Restated since Fri 09:00","value":"19 Nov: −4 FTD',
  );
});

test('when the message cannot be stored the run key is not kept, and the next call tries again', async () => {
  const stores = await openTestStores();
  await newOffer(stores, 'Lucky Star');
  await plan(stores);
  const logged: string[] = [];
  const failing: Stores = {
    ...stores,
    transaction: (work) =>
      stores.transaction((inside) =>
        work({ ...inside, outbox: { ...inside.outbox, add: () => Promise.reject(new Error('disk full')) } }),
      ),
  };

  const failed = await postDueDigests(testCore(failing, now, logged));
  const posted = await postDueDigests(testCore(stores, now));

  expect([failed, posted]).toEqual([0, 1]);
  expect(logged).toEqual(['digest failed']);
  expect(await outbox(stores)).toHaveLength(1);
});

test('rhythms and channels do not stand in each other’s way', async () => {
  const stores = await openTestStores();
  await newOffer(stores, 'Lucky Star');
  await plan(stores, 'day');
  await plan(stores, 'weekday');
  await plan(stores, 'day', 'C2');

  const posted = await postDueDigests(testCore(stores, now));

  expect(posted).toBe(3);
  expect((await outbox(stores)).map((row) => `${row.target.id} ${row.subject}`).sort()).toEqual([
    'C1 digest-day:2026-11-20',
    'C1 digest-weekday:2026-11-20',
    'C2 digest-day:2026-11-20',
  ]);
});
