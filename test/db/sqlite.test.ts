import { onTestFinished } from 'vitest';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { openSqlite } from '../../db/open-sqlite.js';
import { newTurns, turnsOf } from '../../db/write-turns.js';
import { addMilliseconds } from '../../src/dates.js';
import type { JobChoice, JobRunner } from '../../src/ports.js';
import { testJobQueue } from '../contracts/job-queue.js';
import { testMigrations } from '../contracts/migrations.js';
import { testOldRecords } from '../contracts/old-records.js';
import { testStores } from '../contracts/stores.js';
import { fakeClock } from '../support/bench-core.js';
import { openTestFile, openTestStores } from '../support/sqlite.js';

testStores('SQLite', openTestStores);
testMigrations('SQLite', async () => {
  const { connection } = openSqlite(':memory:', {});
  onTestFinished(() => connection.db.destroy());
  return connection;
});
testOldRecords('SQLite', async () => {
  const turns = newTurns();
  const { stores, file } = await openTestFile(undefined, { turns: turnsOf(turns, 0) });
  const { stores: others } = await openTestFile(file, { turns: turnsOf(turns, 1) });
  return {
    stores,
    others,
    async ids(table) {
      const handle = new BetterSqlite(file, { readonly: true });
      const rows = handle.prepare<[], { id: number }>(`select id from ${table} order by id`).all();
      handle.close();
      return rows.map(({ id }) => id);
    },
  };
});
testJobQueue('SQLite', async () => {
  const stores = await openTestStores();
  const clock = fakeClock();
  const step = (run: JobRunner, which: JobChoice) => async (): Promise<boolean> => {
    const { jobs } = stores;
    const claimed = await jobs.claim(clock.now(), addMilliseconds(clock.now(), 60_000), which);
    if (!claimed) return false;
    const outcome = await run(claimed);
    if (outcome.kind === 'done') await jobs.done(claimed.id);
    else await jobs[outcome.kind](claimed.id, outcome.at);
    return true;
  };
  return {
    stores,
    now: clock.now,
    forward: async (milliseconds) => clock.forward(milliseconds),
    runDue: (run) =>
      Promise.all(
        Array.from({ length: 8 }, async (_, index) => {
          const next = step(run, index % 2 === 0 ? 'any' : 'in good health');
          while (await next());
        }),
      ),
  };
});
