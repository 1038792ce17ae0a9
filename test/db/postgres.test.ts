import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../db/open.js';
import { openPostgres } from '../../db/open-postgres.js';
import { testMigrations } from '../contracts/migrations.js';
import { testOldRecords } from '../contracts/old-records.js';
import { testStores } from '../contracts/stores.js';
import { freshSchema, openPostgresStores, rowsOn, runOn, startPostgres } from '../support/postgres.js';
import { now, outboxRow, reading, sourceRow, storeOffer } from '../support/stored.js';

const server = await startPostgres().catch((error: unknown) => String(error ?? 'it ended at once'));

if (typeof server === 'string') {
  test.skip(`Postgres cannot start here, so its stores were not tested: ${server}`, () => {});
} else {
  afterAll(() => server.stop());
  testStores('Postgres', () => openPostgresStores(server.url), false);
  testMigrations('Postgres', async () => {
    const { connection, pool } = openPostgres(await freshSchema(server.url));
    onTestFinished(() => pool.end());
    return connection;
  });
  testOldRecords('Postgres', () => openTwice(server.url));
  testServer(server.url);
}

/** One database as two processes have it. */
async function openTwice(server: string) {
  const address = await freshSchema(server);
  const [first, second] = [await openDatabase(address), await openDatabase(address)];
  onTestFinished(async () => void (await Promise.all([first.close(), second.close()])));
  return {
    stores: first.stores,
    others: second.stores,
    ids: async (table: string) => {
      const rows = await rowsOn(address, `select id::int as id from ${table} order by id`);
      return rows.map(({ id }) => Number(id));
    },
  };
}

function testServer(url: string): void {
  test('lets many processes start at once on an empty database and share the work', async () => {
    const schema = await freshSchema(url);
    const databases = await Promise.all(Array.from({ length: 4 }, () => openDatabase(schema)));
    onTestFinished(async () => void (await Promise.all(databases.map((database) => database.close()))));
    const subjects = Array.from({ length: 12 }, (_, index) => `incident:${index}`);
    for (const subject of subjects) await databases[0]?.stores.outbox.add(outboxRow(subject));

    const claims = await Promise.all(
      subjects.map((_, index) => databases[index % 4]?.stores.outbox.claim(now)),
    );

    expect(claims.map((row) => row?.subject).sort()).toEqual([...subjects].sort());
  });

  test('lets bots share a database, and work that needs it alone wait for none of them', async () => {
    const schema = await freshSchema(url);
    const first = await openDatabase(schema, { exclusive: true });
    const second = await openDatabase(schema, { exclusive: true });

    await expect(openDatabase(schema, { alone: true })).rejects.toThrow('operations.others-at-work');
    await first.close();
    await expect(openDatabase(schema, { alone: true })).rejects.toThrow('operations.others-at-work');
    await second.close();
    const alone = await openDatabase(schema, { alone: true });
    await expect(openDatabase(schema, { exclusive: true })).rejects.toThrow('operations.others-at-work');
    await alone.close();
    await (await openDatabase(schema, { exclusive: true })).close();
  });

  test('changes keys and marks a restore as SQLite does', async () => {
    const stores = await openPostgresStores(url);
    const offer = await storeOffer(stores);
    await stores.outbox.add(outboxRow('waiting'));
    await stores.offers.change(offer.id, { sealedUrl: 'v1.old.text' });

    const [text] = await stores.sealed.withoutMarks(['v1.new.'], 10);
    if (text) await stores.sealed.replace(text, 'v1.new.text');

    expect(text?.place).toEqual({
      workspace: 'slack:T1',
      table: 'offers',
      row: String(offer.id),
      column: 'url',
    });
    expect((await stores.offers.get(offer.id))?.sealedUrl).toBe('v1.new.text');
    expect(await stores.sealed.withoutMarks(['v1.new.'], 10)).toEqual([]);
    expect(await stores.backlog.measure()).toMatchObject({ outboxWaiting: 1, outboxOldest: now });
    expect(await stores.restores.mark(now)).toBe(1);
    expect(await stores.restores.latest()).toBe(now);
    expect(await stores.outbox.claim(now)).toBeNull();
  });

  test('sums exactly beyond 64 bits', async () => {
    const stores = await openPostgresStores(url);
    const offer = await storeOffer(stores);
    const large = 2n ** 63n - 1n;
    const rows = ['c1', 'c2'].map((id) => {
      return sourceRow('2026-11-16', { ngr: large }, { campaignId: id, campaign: id });
    });
    await stores.figures.apply(reading(offer.id, now, ['2026-11-16'], rows));

    const query = { offerIds: [offer.id], from: '2026-11-16', to: '2026-11-16', by: [] };
    expect((await stores.figures.sums(query))[0]?.figures.ngr).toBe(large * 2n);
  });

  test('keeps nothing of a transaction whose last write is refused', async () => {
    const stores = await openPostgresStores(url);
    const offer = await storeOffer(stores);
    const unknown = reading(offer.id + 1, now, ['2026-11-16'], []);

    const broken = stores.transaction(async (inside) => {
      await inside.offers.change(offer.id, { name: 'Changed' });
      await inside.figures.apply(unknown);
    });

    await expect(broken).rejects.toMatchObject({ code: '23503' });
    expect((await stores.offers.get(offer.id))?.name).toBe(offer.name);
  });

  test('says what a write failed with that was sent with a later question, and keeps nothing', async () => {
    const stores = await openPostgresStores(url);
    const offer = await storeOffer(stores);

    const broken = stores.transaction(async (inside) => {
      await inside.figures.apply(reading(offer.id + 1, now, ['2026-11-16'], []));
      return inside.offers.get(offer.id);
    });

    await expect(broken).rejects.toMatchObject({ code: '23503' });
    expect(await stores.figures.days(offer.id + 1, '2026-11-01', '2026-11-30')).toEqual([]);
  });

  test('goes on after a newer version has changed a table that it asks', async () => {
    const address = await freshSchema(url);
    const database = await openDatabase(address);
    onTestFinished(() => database.close());
    const { offers } = database.stores;
    const offer = await storeOffer(database.stores);
    await offers.get(offer.id);

    await runOn(address, 'alter table offers add column added text');

    await expect(offers.get(offer.id)).rejects.toMatchObject({ retry: 'later' });
    expect((await offers.get(offer.id))?.id).toBe(offer.id);
  });

  test('refuses a database that a newer version wrote', async () => {
    const schema = await freshSchema(url);
    await (await openDatabase(schema)).close();
    await runOn(schema, "insert into kysely_migration values ('9999-from-the-future', '2030')");

    await expect(openDatabase(schema)).rejects.toThrow('database.newer');
  });

  test('goes on after the server closed its idle connections', async () => {
    const address = new URL(await freshSchema(url));
    address.searchParams.set('application_name', 'tallyman-idle-test');
    let told: (error: Error) => void = () => {};
    const broken = new Promise<Error>((resolve) => {
      told = resolve;
    });
    const database = await openDatabase(address.href, { onIdleError: (error) => told(error) });
    onTestFinished(() => database.close());

    await runOn(
      url,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tallyman-idle-test'",
    );
    await broken;

    // Of several connections that were idle, each is noticed at its own moment.
    await vi.waitFor(async () => expect(await database.stores.workspaces.list()).toEqual([]));
  });

  test('says so when the server is away or does not know the database', async () => {
    const away = new URL(url);
    away.port = '1';
    const unknown = new URL(url);
    unknown.pathname = '/no-such-database';

    await expect(openDatabase(away.href)).rejects.toMatchObject({
      problem: { code: 'database.unreachable' },
      retry: 'later',
    });
    await expect(openDatabase(unknown.href)).rejects.toThrow('database.refused');
  });
}
