import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { openKeyFile } from '../../adapters/keys/key-file.js';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { openDatabase } from '../../db/open.js';
import { createVault } from '../../src/vault.js';
import { freshSchema, rowsOn, runOn, startPostgres } from '../support/postgres.js';
import { storeOffer } from '../support/stored.js';
import { fillAllTables } from './all-kinds-of-rows.js';
import { ownEnvironment, spawnTallyman } from './spawn-tallyman.js';

// Whole programs start here, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const server = await startPostgres().catch((error: unknown) => String(error ?? 'it ended at once'));

if (typeof server === 'string') {
  test.skip(`Postgres cannot start here, so moving was not tested: ${server}`, () => {});
} else {
  afterAll(() => server.stop());
  testMove(server.url);
}

async function filled(figures = 0) {
  const own = ownEnvironment();
  const ring = await openKeyFile(own.keyFile, { dataFolder: null });
  await fillAllTables(own.databaseFile, ring, figures);
  return { own, ring };
}

function allOf(file: string): Record<string, unknown[]> {
  const database = new BetterSqlite(file, { readonly: true });
  database.defaultSafeIntegers(true);
  const names = database
    .prepare<[], { name: string }>(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like 'kysely%'",
    )
    .all();
  const found = Object.fromEntries(
    names.map(({ name }) => [name, database.prepare(`select * from ${name}`).all()]),
  );
  database.close();
  return found;
}

/** Every row of a table as sorted text, whatever the driver makes of integers. */
function lines(rows: readonly unknown[]): string[] {
  const asText = (value: unknown) => (value === null ? null : String(value));
  return rows
    .map((row) => JSON.stringify(Object.entries(row as object).map(([name, value]) => [name, asText(value)])))
    .sort();
}

function testMove(url: string): void {
  test('takes every row of every table over, and sealed texts still open', async () => {
    const { own, ring } = await filled();
    const target = await freshSchema(url);
    const moved = spawnTallyman(['move', '--to', target], own);

    expect((await moved.ended).code, moved.output()).toBe(0);

    expect(moved.output()).toContain('each compared with its original');
    const originals = allOf(own.databaseFile);
    for (const [name, rows] of Object.entries(originals)) {
      expect(rows.length, name).toBeGreaterThan(0);
      expect(lines(await rowsOn(target, `select * from ${name}`)), name).toEqual(lines(rows));
    }
    const { stores, close } = await openDatabase(target);
    onTestFinished(close);
    const [offer] = await stores.offers.list('slack:T1');
    const place = { workspace: 'slack:T1', table: 'offers', row: '1', column: 'url' };
    expect(createVault(ring).open(offer?.sealedUrl ?? '', place)).toContain('test-token-1');
    // The offer with the second number was removed; its number and id are not given again.
    expect(await storeOffer(stores, { name: 'Next', fingerprint: 'f3' })).toMatchObject({ id: 3, number: 3 });
    expect((await stores.backlog.measure()).jobsWaiting).toBe(2);
  });

  test('leaves both sides as they were when it is killed, and can be run again', async () => {
    const { own } = await filled(300_000);
    const target = await freshSchema(url);
    const before = hashOf(own.databaseFile);
    const killed = spawnTallyman(['move', '--to', target], own);
    await untilCopying(url);
    killed.child.kill('SIGKILL');
    await killed.ended;

    expect(hashOf(own.databaseFile)).toBe(before);
    expect(await rowsOn(target, 'select 1 from workspaces')).toEqual([]);
    const again = spawnTallyman(['move', '--to', target], own);
    expect((await again.ended).code, again.output()).toBe(0);
    expect(await rowsOn(target, 'select count(*)::int as count from figures')).toEqual([{ count: 300_002 }]);
  });

  test('refuses a target with rows, a bot at work, and a key file that does not fit', async () => {
    const { own } = await filled();
    const used = await freshSchema(url);
    const empty = await freshSchema(url);
    await (await openDatabase(used)).close();
    await runOn(used, "insert into surface_state values ('a', 'b')");

    const toUsed = spawnTallyman(['move', '--to', used], own);
    expect((await toUsed.ended).code).toBe(1);
    expect(toUsed.output()).toContain('The Postgres database is in use already.');

    const stranger = spawnTallyman(['move', '--to', empty], own, {
      TALLYMAN_KEY_FILE: `${own.keyFile}-other.json`,
    });
    expect((await stranger.ended).code).toBe(1);
    expect(stranger.output()).toContain('operations.sealed-texts-lost');
    expect(await rowsOn(empty, 'select 1 from workspaces')).toEqual([]);

    const bot = spawnTallyman(['serve'], own);
    await bot.until('"at work"');
    const beside = spawnTallyman(['move', '--to', empty], own);
    expect((await beside.ended).code).toBe(1);
    expect(beside.output()).toContain('Another Tallyman is running on');
    bot.child.kill('SIGTERM');
    await bot.ended;
  });

  test('asks for an address where there is none', async () => {
    const own = ownEnvironment();
    const moved = spawnTallyman(['move'], own);

    expect((await moved.ended).code).toBe(1);
    expect(moved.output()).toContain('npx tallyman move --to postgres://');
  });
}

function hashOf(file: string): string {
  const hash = createHash('sha256');
  for (const part of ['', '-wal']) {
    try {
      hash.update(readFileSync(file + part));
    } catch {
      // A log that is not there says nothing.
    }
  }
  return hash.digest('hex');
}

/** Resolves while rows of figures are on their way. */
async function untilCopying(url: string): Promise<void> {
  for (let looks = 0; looks < 3000; looks += 1) {
    const [found] = await rowsOn(
      url,
      "select 1 from pg_stat_activity where query like 'insert into figures%' and state = 'active'",
    );
    if (found) return;
    await wait(5);
  }
  throw new Error('nothing was copied');
}
