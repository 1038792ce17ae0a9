import { expect, test } from 'vitest';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { openDatabase } from '../../db/open.js';
import type { Stores } from '../../src/ports.js';
import { ownEnvironment, spawnTallyman } from '../operations/spawn-tallyman.js';
import { storeOffer, syncRun } from '../support/stored.js';

const clearOldRuns = new URL('./clear-old-runs.ts', import.meta.url).pathname;
const offers = 20;
const count = 60_000;
/** Runs of all offers in turns; each tenth one has changed something. */
async function addRuns(stores: Stores): Promise<void> {
  await stores.transaction(async (inside) => {
    const ids: number[] = [];
    for (let index = 0; index < offers; index += 1) ids.push((await storeOffer(inside)).id);
    for (let id = 1; id <= count; id += 1) {
      const changes = id % 10 === 0 ? 1 : 0;
      await inside.runs.add(syncRun(ids[id % offers] ?? 0, '2026-08-01T00:00:00.000Z', { changes }));
    }
  });
}

const isKept = (id: number) => id % 10 === 0 || id > count - offers;

/** How far the clearing came, and which runs there are. */
function look(file: string): { readonly mark: number; readonly ids: readonly number[] } {
  const handle = new BetterSqlite(file, { readonly: true });
  const mark = handle
    .prepare<[], { value: string }>("select value from surface_state where key = 'cleared:runs'")
    .get();
  const ids = handle.prepare<[], { id: number }>('select id from sync_runs order by id').all();
  handle.close();
  return { mark: Number(mark?.value ?? 0), ids: ids.map(({ id }) => id) };
}

test('killed at 20 moments, no run is gone that is needed, and none behind the mark is left over', async () => {
  const own = ownEnvironment();
  const { stores, close } = await openDatabase(own.databaseFile);
  await addRuns(stores);
  await close();
  const marks: number[] = [];
  let killed = 0;

  for (let kill = 0; kill < 20; kill += 1) {
    const run = spawnTallyman([], own, {}, clearOldRuns);
    await run.until('begins');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
    run.child.kill('SIGKILL');
    if ((await run.ended).signal === 'SIGKILL') killed += 1;
    const { mark, ids } = look(own.databaseFile);
    const all = Array.from({ length: count }, (_, index) => index + 1);
    expect(ids).toEqual(all.filter((id) => id > mark || isKept(id)));
    marks.push(mark);
  }
  await spawnTallyman([], own, {}, clearOldRuns).ended;

  const { mark, ids } = look(own.databaseFile);
  expect(mark).toBe(count);
  expect(ids).toHaveLength(count / 10 + offers - offers / 10);
  expect(marks).toEqual([...marks].sort((a, b) => a - b));
  expect(new Set(marks).size).toBeGreaterThan(5);
  expect(killed).toBeGreaterThan(5);
}, 170_000);
