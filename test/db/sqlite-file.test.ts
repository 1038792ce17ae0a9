import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { migrate } from '../../db/migrate.js';
import { migrations } from '../../db/migrations/index.js';
import { openDatabase } from '../../db/open.js';
import { openSqlite } from '../../db/open-sqlite.js';
import { openTestFile, testFolder } from '../support/sqlite.js';
import { now, outboxRow, reading, sourceRow, storeOffer } from '../support/stored.js';

const root = join(import.meta.dirname, '..', '..');

/** Runs a script that may open databases in another process. */
function runElsewhere(script: string): ChildProcessByStdio<null, Readable, null> {
  const whole = `import { openDatabase } from '${root}/db/open.ts';${script}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', whole], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

test('keeps everything over a restart', async () => {
  const first = await openTestFile();
  const offer = await storeOffer(first.stores);
  await first.close();

  const second = await openTestFile(first.file);

  expect(await second.stores.offers.get(offer.id)).toEqual(offer);
});

test('opens what a sqlite: address names, and makes its folder', async () => {
  const file = join(testFolder(), 'data', 'deep', 'tallyman.db');
  const database = await openDatabase(`sqlite:${file}`);
  onTestFinished(() => database.close());

  expect(database.dialect).toBe('sqlite');
  expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
});

test('refuses an address of another kind of database', async () => {
  await expect(openDatabase('mysql://root@localhost/x')).rejects.toThrow('database.url-unknown');
});

test('refuses a second bot on the same file, but not a short command', async () => {
  const bot = await openTestFile(undefined, { exclusive: true });

  await expect(openDatabase(bot.file, { exclusive: true })).rejects.toMatchObject({
    problem: { code: 'database.in-use', what: expect.stringContaining(bot.file) },
  });
  const command = await openTestFile(bot.file);
  await storeOffer(command.stores);
  expect(await bot.stores.offers.due(now, 5)).toHaveLength(1);
  await bot.close();
  await openTestFile(bot.file, { exclusive: true });
});

test('refuses a second bot in another process, and starts once that was killed', async () => {
  const file = join(testFolder(), 'tallyman.db');
  const other = runElsewhere(`
    const { stores } = await openDatabase(${JSON.stringify(file)}, { exclusive: true });
    await stores.workspaces.ensure('terminal', 'terminal', 'T', { id: 'a', name: 'A' }, '${now}');
    console.log('open');
    setInterval(() => {}, 1000);`);
  await once(other.stdout, 'data');
  await expect(openDatabase(file, { exclusive: true })).rejects.toThrow('database.in-use');

  other.kill('SIGKILL');
  await once(other, 'exit');

  const bot = await openTestFile(file, { exclusive: true });
  expect(await bot.stores.workspaces.list()).toHaveLength(1);
});

test('refuses a file that is not a database and says how to restore', async () => {
  const file = join(testFolder(), 'tallyman.db');
  writeFileSync(file, 'these are not the tables you are looking for'.repeat(100));

  await expect(openDatabase(file)).rejects.toMatchObject({
    problem: { code: 'database.corrupt', fix: expect.arrayContaining([expect.stringContaining('restore')]) },
  });
  expect(readFileSync(file, 'utf8')).toContain('not the tables');
});

test('refuses a database with a damaged page', async () => {
  const { file, close, stores } = await openTestFile();
  const offer = await storeOffer(stores);
  const days = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`);
  const rows = days.flatMap((day) =>
    Array.from({ length: 40 }, (_, index) => {
      return sourceRow(day, { ftds: index }, { campaignId: `c${index}`, campaign: `Campaign ${index}` });
    }),
  );
  await stores.figures.apply(reading(offer.id, now, days, rows));
  await close();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, bytes.length - 4 * 4096, bytes.length - 3 * 4096);
  writeFileSync(file, bytes);

  await expect(openDatabase(file)).rejects.toThrow('database.corrupt');
});

test('refuses a database that a newer version wrote, and leaves it alone', async () => {
  const { file, close } = await openTestFile();
  await close();
  const raw = new BetterSqlite(file);
  raw.exec("insert into kysely_migration values ('9999-from-the-future', '2030-01-01T00:00:00.000Z')");
  raw.close();

  await expect(openDatabase(file)).rejects.toThrow('database.newer');
});

test('leaves nothing of a migration that broke half-way, and runs it whole the next time', async () => {
  const { file, close } = await openTestFile();
  await close();
  const { connection } = openSqlite(file, {});
  onTestFinished(() => connection.db.destroy());
  const [create, fill] = [sql`create table extra (id integer) strict`, sql`insert into extra values (1)`];
  let broken = true;
  const next = {
    ...migrations,
    '9000-extra': async (db: Parameters<typeof create.execute>[0]) => {
      await create.execute(db);
      if (broken) throw new Error('killed');
      await fill.execute(db);
    },
  };

  await expect(migrate(connection.db, 'sqlite', next)).rejects.toThrow('killed');
  const tables = await connection.db.introspection.getTables();
  broken = false;
  await migrate(connection.db, 'sqlite', next);

  expect(tables.map((table) => table.name)).not.toContain('extra');
  const { rows } = await sql`select * from extra`.execute(connection.db);
  expect(rows).toEqual([{ id: 1n }]);
});

test('calls a file that another program holds busy, and works once it lets go', async () => {
  const { file, stores } = await openTestFile(undefined, { busyTimeoutMs: 50 });
  const holder = new BetterSqlite(file);
  onTestFinished(() => void holder.close());
  holder.exec('BEGIN IMMEDIATE');

  await expect(storeOffer(stores)).rejects.toMatchObject({
    problem: { code: 'database.busy' },
    retry: 'later',
  });
  holder.exec('ROLLBACK');
  await expect(storeOffer(stores)).resolves.toBeTruthy();
});

test('holds other writers off from the first read of a transaction to its end', async () => {
  const a = await openTestFile();
  const b = await openTestFile(a.file, { busyTimeoutMs: 50 });
  const hasRead = gate();
  const mayWrite = gate();
  const transaction = a.stores.transaction(async (inside) => {
    await inside.workspaces.list();
    hasRead.open();
    await mayWrite.opened;
    await inside.outbox.add(outboxRow('a'));
  });
  await hasRead.opened;

  await expect(b.stores.outbox.add(outboxRow('b'))).rejects.toThrow('database.busy');
  mayWrite.open();

  await transaction;
  expect((await b.stores.outbox.claim(now))?.subject).toBe('a');
});

test('lets two processes write in turns, and gives each row to one of them', async () => {
  const { file, stores } = await openTestFile();
  const subjects = Array.from({ length: 60 }, (_, index) => `incident:${index}`);
  for (const subject of subjects) await stores.outbox.add(outboxRow(subject));
  const other = runElsewhere(`
    const { stores, close } = await openDatabase(${JSON.stringify(file)});
    console.log('open');
    for (let row = await stores.outbox.claim('${now}'); row; row = await stores.outbox.claim('${now}')) {
      console.log(row.subject);
    }
    await close();`);
  const output = text(other.stdout);
  await once(other.stdout, 'data');

  const mine: string[] = [];
  for (let row = await stores.outbox.claim(now); row; row = await stores.outbox.claim(now)) {
    mine.push(row.subject);
  }

  const theirs = (await output).trim().split('\n').slice(1);
  expect([...mine, ...theirs].sort()).toEqual([...subjects].sort());
});

test('says that a sum is too large instead of rounding it', async () => {
  const { stores } = await openTestFile();
  const offer = await storeOffer(stores);
  const large = 2n ** 63n - 1n;
  const rows = ['c1', 'c2'].map((id) => {
    return sourceRow('2026-11-16', { ngr: large }, { campaignId: id, campaign: id });
  });
  await stores.figures.apply(reading(offer.id, now, ['2026-11-16'], rows));
  const query = { offerIds: [offer.id], from: '2026-11-16', to: '2026-11-16' };

  await expect(stores.figures.sums({ ...query, by: [] })).rejects.toThrow('database.sum-too-large');
  const each = await stores.figures.sums({ ...query, by: ['campaign'] });
  expect(each.map((row) => row.figures.ngr)).toEqual([large, large]);
});
