import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { backupDatabase, restoreDatabase } from '../../db/backup.js';
import { openDatabase } from '../../db/open.js';
import { addMilliseconds } from '../../src/dates.js';
import { postDueDigests } from '../../src/digest/post-due-digests.js';
import { day, hour, openBench } from '../support/bench-core.js';
import { openTestFile, testFolder } from '../support/sqlite.js';
import { now, outboxRow, storeOffer } from '../support/stored.js';
import { ownEnvironment, spawnTallyman } from './spawn-tallyman.js';

// Whole programs start here, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const schedule = {
  workspace: 'slack:T1',
  channelId: 'C1',
  channelName: '#casino',
  at: '09:00',
  timeZone: 'UTC',
  every: 'day',
  createdBy: 'U1',
  createdAt: addMilliseconds(now, -10 * day),
} as const;

test('a restored backup says nothing old: no message that waited, no digest that was due', async () => {
  const live = await openTestFile();
  const backup = join(testFolder(), 'backup.db');
  await storeOffer(live.stores);
  await live.stores.digests.setSchedule(schedule);
  await live.stores.outbox.add(outboxRow('waiting'));
  await live.stores.outbox.add(outboxRow('half sent'));
  await live.stores.outbox.claim(now);
  backupDatabase(live.file, backup);
  await live.close();
  const restoredAt = addMilliseconds(now, 5 * day);

  const { dropped } = await restoreDatabase(backup, live.file, restoredAt);

  const restored = await openTestFile(live.file);
  const bench = await openBench(addMilliseconds(restoredAt, 2 * hour - 1), restored.stores);
  expect(dropped).toBe(2);
  expect(await restored.stores.restores.latest()).toBe(restoredAt);
  // 08:00 until 09:59: only the digest of 09:00 is of the time after the restore.
  expect(await postDueDigests(bench.core)).toBe(1);
  expect(await restored.stores.digests.lastRun('slack:T1', 'C1', 'digest-day')).toMatchObject({
    localDate: restoredAt.slice(0, 10),
  });
  await bench.deliverAll();
  expect(bench.chat.posted).toHaveLength(1);
});

test('what is due before the restore is never made up for', async () => {
  const live = await openTestFile();
  await storeOffer(live.stores);
  await live.stores.digests.setSchedule(schedule);
  const bench = await openBench(addMilliseconds(now, 5 * day + 2 * hour), live.stores);
  await live.stores.restores.mark(bench.clock.now());

  expect(await postDueDigests(bench.core)).toBe(0);
  bench.clock.forward(day);

  expect(await postDueDigests(bench.core)).toBe(1);
});

test('a backup keeps its figures from other users, and is never the database itself', async () => {
  const live = await openTestFile();
  const folder = testFolder();
  const backup = join(folder, 'deep', 'backup.db');

  backupDatabase(live.file, backup);

  expect(statSync(backup).mode & 0o777).toBe(0o600);
  expect(() => backupDatabase(live.file, live.file)).toThrow('operations.same-file');
  await expect(restoreDatabase(live.file, live.file, now)).rejects.toThrow('operations.same-file');
  expect(() => backupDatabase(join(folder, 'none.db'), backup)).toThrow('operations.no-database');
  writeFileSync(join(folder, 'file'), '');
  expect(() => backupDatabase(live.file, join(folder, 'file', 'b.db'))).toThrow(
    'operations.backup-not-written',
  );
});

test('backs up, restores and says so, as a command', async () => {
  const own = ownEnvironment();
  const { stores, close } = await openDatabase(own.databaseFile);
  const offer = await storeOffer(stores, { name: 'Before' });
  await stores.offers.change(offer.id, { sealedUrl: '' });
  const backup = join(own.folder, 'backup.db');

  const backed = spawnTallyman(['backup', backup], own);
  expect((await backed.ended).code).toBe(0);
  await stores.offers.change(offer.id, { name: 'After' });
  await close();
  const restored = spawnTallyman(['restore', backup], own);
  expect((await restored.ended).code).toBe(0);

  expect(backed.output()).toContain(`Backed up to ${backup}`);
  expect(restored.output()).toContain(`Restored from ${backup}`);
  const after = await openDatabase(own.databaseFile);
  expect((await after.stores.offers.list('slack:T1')).map(({ name }) => name)).toEqual(['Before']);
  await after.close();
  expect(existsSync(`${own.databaseFile}.replaced`)).toBe(true);
});

test('tells what is wrong with exit code 1, and a missing file name with 2', async () => {
  const own = ownEnvironment();
  const unnamed = spawnTallyman(['backup'], own);
  const unusable = spawnTallyman(['restore', join(own.folder, 'nothing.db')], own);
  const postgres = spawnTallyman(['backup', 'x.db'], own, { DATABASE_URL: 'postgres://a:b@127.0.0.1/c' });

  const codes = await Promise.all([unnamed.ended, unusable.ended, postgres.ended]);

  expect(codes.map(({ code }) => code)).toEqual([2, 1, 1]);
  expect(unnamed.output()).toContain('operations.file-missing');
  expect(unusable.output()).toContain('database.backup-unusable');
  expect(postgres.output()).toContain('operations.postgres-backup');
});
