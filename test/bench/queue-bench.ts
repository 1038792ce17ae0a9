import { type Database, openDatabase } from '../../db/open.js';
import { addMilliseconds, toInstant } from '../../src/dates.js';
import type { Stores } from '../../src/ports.js';
import { job } from '../support/stored.js';
import { type Line, line } from './table.js';

const count = 1000;
const lanes = 500;

/** What a job costs that does nothing: adding it, handing it out, taking it back. */
export async function benchQueue(url: string): Promise<Line[]> {
  const postgres = await openDatabase(url);
  const sqlite = await openDatabase(':memory:');
  const added = await addAll(postgres.stores);
  const ran = await timeOf(() => drain(postgres));
  const addedHere = await addAll(sqlite.stores);
  const ranHere = await timeOf(() => claimAll(sqlite.stores));
  await postgres.close();
  await sqlite.close();
  return [
    line('adding a job on Postgres, milliseconds', '', added / count),
    line('handing it out and taking it back, milliseconds', '', ran / count),
    line('jobs a second on Postgres', '', (count / ran) * 1000),
    line('adding a job on SQLite in memory, milliseconds', '', addedHere / count),
    line('claiming it and closing it, milliseconds', '', ranHere / count),
  ];
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function addAll(stores: Stores): Promise<number> {
  const runAt = toInstant(Date.now());
  return timeOf(() =>
    stores.transaction(async ({ jobs }) => {
      for (let index = 0; index < count; index += 1) {
        await jobs.add(job(`job ${index}`, { lane: `lane ${index % lanes}`, runAt }));
      }
    }),
  );
}

async function drain({ shared }: Database): Promise<void> {
  let ran = 0;
  while (ran < count) {
    await shared?.queue.drain(async () => {
      ran += 1;
      return { kind: 'done' };
    });
  }
}

async function claimAll({ jobs }: Stores): Promise<void> {
  const now = toInstant(Date.now());
  for (let index = 0; index < count; index += 1) {
    const claimed = await jobs.claim(now, addMilliseconds(now, 60_000));
    if (claimed) await jobs.done(claimed.id);
  }
}
