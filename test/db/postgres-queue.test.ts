import { afterAll, expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.js';
import { toInstant } from '../../src/dates.js';
import type { JobQueue, JobRunner } from '../../src/ports.js';
import { createSharedGates } from '../../src/sync/politeness.js';
import { testJobQueue } from '../contracts/job-queue.js';
import { freshSchema, runOn, startPostgres } from '../support/postgres.js';
import { job } from '../support/stored.js';

const server = await startPostgres().catch((error: unknown) => String(error ?? 'it ended at once'));

if (typeof server === 'string') {
  test.skip(`Postgres cannot start here, so its queue was not tested: ${server}`, () => {});
} else {
  afterAll(() => server.stop());
  testJobQueue('Postgres', async () => {
    const { database, schema } = await openQueue(server.url);
    return {
      stores: database.stores,
      now: realNow,
      // The queue goes by real time: what is due later is put that much nearer.
      forward: (milliseconds) =>
        runOn(
          server.url,
          `update ${schema}_queue._private_jobs set run_at = run_at - interval '${milliseconds} milliseconds'`,
        ),
      runDue: (run) => queueOf(database).drain(run),
    };
  });
  testProcesses(server.url);
}

function realNow() {
  return toInstant(Date.now());
}

function queueOf(database: Database): JobQueue {
  if (!database.shared) throw new Error('no queue');
  return database.shared.queue;
}

async function openQueue(url: string, given?: string) {
  const address = given ?? (await freshSchema(url));
  const database = await openDatabase(address);
  onTestFinished(() => database.close());
  return {
    database,
    address,
    schema: /search_path=(\w+)/.exec(new URL(address).searchParams.get('options') ?? '')?.[1],
  };
}

/** A runner that starts and then waits until it is let go. */
function blocking() {
  let letGo = () => {};
  let began = () => {};
  const started = new Promise<void>((resolve) => {
    began = resolve;
  });
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const run: JobRunner = async () => {
    began();
    await released;
    return { kind: 'done' };
  };
  return { run, started, letGo };
}

function testProcesses(url: string): void {
  test('hands a job to a process that waits for one, at once', async () => {
    const { database, address } = await openQueue(url);
    const { database: other } = await openQueue(url, address);
    let ran: (lane: string) => void = () => {};
    const handed = new Promise<string>((resolve) => {
      ran = resolve;
    });
    const working = queueOf(other).start(async ({ lane }) => {
      ran(lane);
      return { kind: 'done' };
    });

    await database.stores.jobs.add(job('sync 1', { runAt: realNow() }));

    expect(await handed).toBe('sync 1');
    await working.stop();
  });

  test('lets one process at a time into a lane', async () => {
    const { database, address } = await openQueue(url);
    const { database: other } = await openQueue(url, address);
    let left = 12;
    let ended = () => {};
    const all = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const now = new Map<string, number>();
    let most = 0;
    const run: JobRunner = async ({ lane }) => {
      now.set(lane, (now.get(lane) ?? 0) + 1);
      most = Math.max(most, now.get(lane) ?? 0);
      await other.stores.backlog.measure();
      now.set(lane, (now.get(lane) ?? 0) - 1);
      left -= 1;
      if (left === 0) ended();
      return { kind: 'done' };
    };
    for (let index = 0; index < left; index += 1) {
      const lane = `token ${index % 6}`;
      await database.stores.jobs.add(job(`sync ${index}`, { lane, runAt: realNow() }));
    }

    const working = [database, other].map((each) => queueOf(each).start(run));
    await all;
    await Promise.all(working.map((each) => each.stop()));

    expect(most).toBe(1);
    expect(await database.stores.jobs.nextDue()).toBeNull();
  });

  test('gives the jobs of a process that died to others', async () => {
    const { database, address, schema } = await openQueue(url);
    const lost = new URL(address);
    lost.searchParams.set('application_name', `${schema}-lost`);
    const { database: dying } = await openQueue(url, lost.href);
    const stuck = blocking();
    await database.stores.jobs.add(job('sync 1', { runAt: realNow() }));
    const working = queueOf(dying).start(stuck.run);
    await stuck.started;
    const seen: number[] = [];
    const run: JobRunner = async ({ attempt }) => {
      seen.push(attempt);
      return { kind: 'done' };
    };
    await queueOf(database).drain(run);
    expect(seen).toEqual([]);

    // Nothing of the other process is left but what it had written.
    await dying.shared?.slots.close();
    await queueOf(database).drain(run);

    expect(seen).toEqual([0]);
    stuck.letGo();
    await working.stop();
  });

  test('lets one request of a token through at a time, whichever process asks', async () => {
    const { database, address } = await openQueue(url);
    const { database: other } = await openQueue(url, address);
    const gates = [database, other].map(({ shared }) => {
      if (!shared) throw new Error('no places');
      return createSharedGates(shared.slots);
    });
    let now = 0;
    let most = 0;
    const request = async () => {
      now += 1;
      most = Math.max(most, now);
      await other.stores.backlog.measure();
      now -= 1;
    };

    await Promise.all(Array.from({ length: 12 }, (_, index) => gates[index % 2]?.token('token 1', request)));

    expect(most).toBe(1);
  });

  test('shares the places of a host between processes, and takes them again after its session was lost', async () => {
    const { database: other, address, schema } = await openQueue(url);
    const named = new URL(address);
    named.searchParams.set('application_name', `${schema}-mine`);
    const { database } = await openQueue(url, named.href);
    const mine = database.shared?.slots;
    const theirs = other.shared?.slots;
    const taken = [await mine?.take('host', 3), await theirs?.take('host', 3), await mine?.take('host', 3)];

    expect(taken.every(Boolean)).toBe(true);
    expect(await theirs?.take('host', 3)).toBeNull();
    await taken[1]?.();
    const ended = runOn(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${schema}-mine' and query like '%pg_try_advisory_lock%'`,
    );
    // Some of these are asked for while the session ends.
    const places: unknown[] = [];
    for (let asked = 0; asked < 200; asked += 1) places.push(await mine?.take(`other ${asked}`, 1));
    await ended;

    expect(places).not.toContain(null);
    expect(await theirs?.take('host', 3)).not.toBeNull();
    expect(await theirs?.take('host', 3)).toBeNull();
  });

  test('puts the jobs of a moved database into the queue', async () => {
    const { database, address } = await openQueue(url);
    await runOn(
      address,
      "insert into jobs (kind, payload, lane, key, state, run_at, attempt) values ('sync', '{\"offerId\":1}', 'token 1', 'sync 1', 'running', '2026-11-16T08:00:00.000Z', 1)",
    );
    await openQueue(url, address);
    const seen: unknown[] = [];

    await queueOf(database).drain(async ({ payload, attempt, lane }) => {
      seen.push({ payload, attempt, lane });
      return { kind: 'done' };
    });

    expect(seen).toEqual([{ payload: { offerId: 1 }, attempt: 1, lane: 'token 1' }]);
  });
}
