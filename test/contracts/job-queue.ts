import { describe, expect, test } from 'vitest';
import { addMilliseconds, type Instant } from '../../src/dates.js';
import type { Job, JobOutcome, JobRunner, Stores } from '../../src/ports.js';
import { job, storeOffer } from '../support/stored.js';

/** A queue, and the clock that it goes by. */
export interface QueueUnderTest {
  readonly stores: Stores;
  now(): Instant;
  /** Lets time pass. */
  forward(milliseconds: number): Promise<void>;
  /** Works until nothing is due. */
  runDue(run: JobRunner): Promise<unknown>;
}

const done: JobOutcome = { kind: 'done' };

/** Notes what it is handed, and answers `done`. */
function noting(outcome: (job: Job) => JobOutcome = () => done) {
  const seen: Job[] = [];
  const run: JobRunner = async (handed) => {
    seen.push(handed);
    return outcome(handed);
  };
  return { seen, run, lanes: () => seen.map(({ lane }) => lane) };
}

/** Lets jobs last a few turns, and notes how many of a kind were at work at once. */
function counting(kindOf: (job: Job) => string) {
  const now = new Map<string, number>();
  const most = new Map<string, number>();
  const run: JobRunner = async (handed) => {
    const kind = kindOf(handed);
    now.set(kind, (now.get(kind) ?? 0) + 1);
    most.set(kind, Math.max(most.get(kind) ?? 0, now.get(kind) ?? 0));
    for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    now.set(kind, (now.get(kind) ?? 0) - 1);
    return done;
  };
  return { run, most };
}

/** What every engine that works on jobs must do. */
export function testJobQueue(name: string, open: () => Promise<QueueUnderTest>): void {
  describe(`jobs on ${name}`, () => {
    test('are handed out once they are due, the oldest first', async () => {
      const { stores, now, runDue } = await open();
      const payload = { offerId: 3, reason: 'manual', to: null };
      const later = addMilliseconds(now(), 60_000);
      await stores.jobs.add(job('due', { runAt: now(), payload }));
      await stores.jobs.add(job('later', { runAt: later }));
      const { seen, run } = noting();

      await runDue(run);

      expect(seen).toMatchObject([{ kind: 'sync', lane: 'due', attempt: 0, payload }]);
      expect(await stores.jobs.nextDue()).toBe(later);
      expect((await stores.backlog.measure()).jobsWaiting).toBe(1);
    });

    test('are added once while they wait, and again once they run', async () => {
      const { stores, now, runDue } = await open();
      const again = () => stores.jobs.add(job('sync 1', { runAt: now() }));
      expect(await again()).toBe(true);
      expect(await again()).toBe(false);
      const added: boolean[] = [];

      await runDue(async () => {
        if (added.length < 2) added.push(await again());
        return done;
      });

      expect(added).toEqual([true, true]);
      expect(await stores.jobs.nextDue()).toBeNull();
    });

    test('of one lane run one after the other', async () => {
      const { stores, now, runDue } = await open();
      for (let index = 0; index < 12; index += 1) {
        await stores.jobs.add(job(`job ${index}`, { lane: `lane ${index % 3}`, runAt: now() }));
      }
      const { run, most } = counting(({ lane }) => lane);

      await runDue(run);

      expect(Object.fromEntries(most)).toEqual({ 'lane 0': 1, 'lane 1': 1, 'lane 2': 1 });
    });

    test('are tried again later, and their tries are counted', async () => {
      const { stores, now, forward, runDue } = await open();
      await stores.jobs.add(job('sync 1', { runAt: now() }));
      const { seen, run } = noting(({ attempt }) =>
        attempt === 0 ? { kind: 'retry', at: addMilliseconds(now(), 60_000) } : done,
      );

      await runDue(run);
      await runDue(run);
      expect(seen.map(({ attempt }) => attempt)).toEqual([0]);
      await forward(60_001);
      await runDue(run);

      expect(seen.map(({ attempt }) => attempt)).toEqual([0, 1]);
      expect(await stores.jobs.nextDue()).toBeNull();
    });

    test('may be held up without counting a try', async () => {
      const { stores, now, forward, runDue } = await open();
      await stores.jobs.add(job('sync 1', { runAt: now() }));
      let held = false;
      const { seen, run } = noting(() => {
        if (held) return done;
        held = true;
        return { kind: 'postpone', at: addMilliseconds(now(), 60_000) };
      });

      await runDue(run);
      await forward(60_001);
      await runDue(run);

      expect(seen.map(({ attempt }) => attempt)).toEqual([0, 0]);
    });

    test('are not tried again beside the same job that was asked for meanwhile', async () => {
      const { stores, now, forward, runDue } = await open();
      await stores.jobs.add(job('sync 1', { runAt: now() }));
      const seen: number[] = [];

      await runDue(async ({ id }) => {
        seen.push(id);
        if (seen.length > 1) return done;
        await stores.jobs.add(job('sync 1', { runAt: now() }));
        return { kind: 'retry', at: addMilliseconds(now(), 60_000) };
      });
      await forward(60_001);
      await runDue(async ({ id }) => {
        seen.push(id);
        return done;
      });

      expect(new Set(seen).size).toBe(2);
      expect(seen).toHaveLength(2);
    });

    test('of a slow host leave room for others', async () => {
      const { stores, now, runDue } = await open();
      const hosts = new Map<number, string>();
      for (let index = 0; index < 8; index += 1) {
        const host = index < 7 ? 'slow.example' : 'good.example';
        const offer = await storeOffer(stores, { name: `Offer ${index}`, host });
        hosts.set(offer.id, host);
        const payload = { offerId: offer.id };
        await stores.jobs.add(job(`job ${index}`, { lane: `lane ${index}`, payload, runAt: now() }));
      }
      const { run, most } = counting(({ payload }) => hosts.get(Number(payload.offerId)) ?? '');

      await runDue(run);

      expect(most.get('slow.example')).toBeLessThanOrEqual(3);
      expect(most.get('good.example')).toBe(1);
    });

    test('in trouble leave half of the workers to the others', async () => {
      const { stores, now, runDue } = await open();
      for (let index = 0; index < 8; index += 1) {
        const offer = await storeOffer(stores, { name: `Offer ${index}`, host: `host-${index}.example` });
        await stores.offers.change(offer.id, { lastSyncAt: now() });
        const payload = { offerId: offer.id };
        await stores.jobs.add(job(`job ${index}`, { lane: `lane ${index}`, payload, runAt: now() }));
      }
      const { run, most } = counting(() => 'trouble');

      await runDue(run);

      expect(most.get('trouble')).toBeLessThanOrEqual(4);
    });

    test('of one offer can be taken out', async () => {
      const { stores, now, runDue } = await open();
      for (const offerId of [1, 12]) {
        await stores.jobs.add(job(`sync ${offerId}`, { payload: { offerId }, runAt: now() }));
      }
      const { run, lanes } = noting();

      await stores.jobs.removeForOffer(1);
      await runDue(run);

      expect(lanes()).toEqual(['sync 12']);
    });

    test('are there with their transaction or not at all', async () => {
      const { stores, now, runDue } = await open();
      const broken = stores.transaction(async (inside) => {
        await inside.jobs.add(job('sync 1', { runAt: now() }));
        throw new Error('pulled the plug');
      });
      await expect(broken).rejects.toThrow('pulled the plug');
      const { run, seen } = noting();

      await runDue(run);

      expect(seen).toEqual([]);
    });
  });
}
