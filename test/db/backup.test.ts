import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupDatabase, restoreDatabase } from '../../db/backup.js';
import { openTestFile, testFolder } from '../support/sqlite.js';
import { now, storeOffer } from '../support/stored.js';

test('backs up a database while it is open, and restores what it was then', async () => {
  const live = await openTestFile();
  const backup = join(testFolder(), 'backup.db');
  await storeOffer(live.stores, { name: 'Before' });
  backupDatabase(live.file, backup);
  await storeOffer(live.stores, { name: 'After' });
  await live.close();

  await restoreDatabase(backup, live.file, now);

  const restored = await openTestFile(live.file);
  const names = (await restored.stores.offers.list('slack:T1')).map((offer) => offer.name);
  expect(names).toEqual(['Before']);
  const replaced = await openTestFile(`${live.file}.replaced`);
  expect(await replaced.stores.offers.list('slack:T1')).toHaveLength(2);
});

test('plays nothing into the restored file that a killed bot left in its log', async () => {
  const live = await openTestFile();
  const folder = testFolder();
  const backup = join(folder, 'backup.db');
  await storeOffer(live.stores, { name: 'Before' });
  backupDatabase(live.file, backup);
  await storeOffer(live.stores, { name: 'After' });
  const killed = join(folder, 'killed.db');
  copyFileSync(live.file, killed);
  copyFileSync(`${live.file}-wal`, `${killed}-wal`);

  await restoreDatabase(backup, killed, now);

  const restored = await openTestFile(killed);
  expect(await restored.stores.offers.list('slack:T1')).toHaveLength(1);
  const replaced = await openTestFile(`${killed}.replaced`);
  expect(await replaced.stores.offers.list('slack:T1')).toHaveLength(2);
});

test('leaves no half backup behind, and keeps the last good one', async () => {
  const folder = testFolder();
  const backup = join(folder, 'backup.db');
  const live = await openTestFile();
  backupDatabase(live.file, backup);
  const damaged = join(testFolder(), 'damaged.db');
  writeFileSync(damaged, 'nothing to see here'.repeat(500));

  expect(() => backupDatabase(damaged, backup)).toThrow('database.corrupt');

  expect(readdirSync(folder)).toEqual(['backup.db']);
  await openTestFile(backup);
});

test('refuses a damaged backup and leaves the database as it is', async () => {
  const live = await openTestFile();
  await storeOffer(live.stores);
  await live.close();
  const backup = join(testFolder(), 'backup.db');
  writeFileSync(backup, 'nothing to see here'.repeat(500));

  await expect(restoreDatabase(backup, live.file, now)).rejects.toThrow('database.backup-unusable');
  await expect(restoreDatabase(`${backup}.missing`, live.file, now)).rejects.toThrow(
    'database.backup-unusable',
  );

  const again = await openTestFile(live.file);
  expect(await again.stores.offers.list('slack:T1')).toHaveLength(1);
  expect(existsSync(`${live.file}.replaced`)).toBe(false);
});

test('refuses to restore under a running bot', async () => {
  const bot = await openTestFile(undefined, { exclusive: true });
  const backup = join(testFolder(), 'backup.db');
  backupDatabase(bot.file, backup);

  await expect(restoreDatabase(backup, bot.file, now)).rejects.toThrow('database.in-use');
});
