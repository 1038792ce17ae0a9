import { afterAll, expect, test } from 'vitest';
import { openKeyFile } from '../../adapters/keys/key-file.js';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { moveDatabase } from '../../db/move-database.js';
import { openAllSealed } from '../../src/operations/move.js';
import { createVault } from '../../src/vault.js';
import { freshSchema, rowsOn, startPostgres } from '../support/postgres.js';
import { fillAllTables } from './all-kinds-of-rows.js';
import { ownEnvironment } from './spawn-tallyman.js';

const rows = 1_000_000;
const server = process.env.LONG_TESTS
  ? await startPostgres().catch((error: unknown) => String(error ?? 'it ended at once'))
  : 'only asked for with LONG_TESTS=1';

if (typeof server === 'string') {
  test.skip(`a million rows were not moved: ${server}`, () => {});
} else {
  afterAll(() => server.stop());
  testMillion(server.url);
}

function testMillion(url: string): void {
  test('moves a million rows of figures and finds each of them there', { timeout: 600_000 }, async () => {
    const own = ownEnvironment();
    const ring = await openKeyFile(own.keyFile, { dataFolder: null });
    await fillAllTables(own.databaseFile, ring, rows);
    const target = await freshSchema(url);
    const began = performance.now();

    const moved = await moveDatabase(own.databaseFile, target, (stores) =>
      openAllSealed(stores, createVault(ring)),
    );

    const seconds = (performance.now() - began) / 1000;
    const memory = process.resourceUsage().maxRSS / 1024;
    console.log(
      `moved and compared ${rows} rows of figures in ${seconds.toFixed(1)} s, ${Math.round(memory)} MB at most`,
    );
    const figures = moved.find(({ name }) => name === 'figures');
    expect(figures?.rows).toBe(rows + 2);
    const sums =
      'select count(*) as rows, sum(clicks) as clicks, sum(ngr) as ngr from figures where ngr < 9000000000 and ngr > -9000000000';
    const source = new BetterSqlite(own.databaseFile, { readonly: true });
    const [expected] = source.prepare<[], Record<string, number>>(sums).all();
    source.close();
    const [found] = await rowsOn(target, sums);
    expect(Object.values(found ?? {})).toEqual(Object.values(expected ?? {}).map(String));
  });
}
