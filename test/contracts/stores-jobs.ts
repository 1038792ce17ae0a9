import { describe, expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import type { Stores } from '../../src/ports.js';
import { job, now, storeOffer } from '../support/stored.js';

const lease = addMilliseconds(now, 60_000);
const afterLease = addMilliseconds(now, 61_000);

/** What every queue of jobs must do. */
export function testJobs(open: () => Promise<Stores>): void {
  describe('jobs', () => {
    test('hands out the oldest due job with its payload', async () => {
      const { jobs } = await open();
      await jobs.add(job('second', { runAt: now }));
      await jobs.add(
        job('first', {
          runAt: addMilliseconds(now, -1),
          payload: { offerId: 3, reason: 'manual', to: null },
        }),
      );
      await jobs.add(job('later', { runAt: lease }));

      const first = await jobs.claim(now, lease);
      const second = await jobs.claim(now, lease);

      expect(first).toMatchObject({
        kind: 'sync',
        lane: 'first',
        attempt: 0,
        payload: { offerId: 3, reason: 'manual', to: null },
      });
      expect(second?.lane).toBe('second');
      expect(await jobs.claim(now, lease)).toBeNull();
      expect(await jobs.nextDue()).toBe(lease);
    });

    test('adds a key once while it waits, and again once it runs', async () => {
      const { jobs } = await open();

      expect(await jobs.add(job('sync 1'))).toBe(true);
      expect(await jobs.add(job('sync 1'))).toBe(false);
      await jobs.claim(now, lease);
      expect(await jobs.add(job('sync 1'))).toBe(true);
    });

    test('runs the jobs of a lane one after the other', async () => {
      const { jobs } = await open();
      await jobs.add(job('a', { lane: 'token 1' }));
      await jobs.add(job('b', { lane: 'token 1' }));
      const first = await jobs.claim(now, lease);

      expect(await jobs.claim(now, lease)).toBeNull();
      expect(await jobs.nextDue()).toBeNull();
      await jobs.done(first?.id ?? 0);
      expect(await jobs.claim(now, lease)).toMatchObject({ lane: 'token 1' });
    });

    test('lets one of many workers into a lane', async () => {
      const { jobs } = await open();
      for (const index of Array.from({ length: 12 }).keys()) {
        await jobs.add(job(`job ${index}`, { lane: `lane ${index % 3}` }));
      }

      const claims = await Promise.all(Array.from({ length: 12 }, () => jobs.claim(now, lease)));

      const lanes = claims.flatMap((claimed) => (claimed ? [claimed.lane] : []));
      expect(lanes.sort()).toEqual(['lane 0', 'lane 1', 'lane 2']);
    });

    test('tries again later and counts the tries', async () => {
      const { jobs } = await open();
      await jobs.add(job('sync 1'));
      const first = await jobs.claim(now, lease);
      await jobs.retry(first?.id ?? 0, lease);

      expect(await jobs.claim(now, lease)).toBeNull();
      expect(await jobs.claim(lease, afterLease)).toMatchObject({ id: first?.id, attempt: 1 });
    });

    test('folds a retry into the same job when that was asked for meanwhile', async () => {
      const { jobs } = await open();
      await jobs.add(job('sync 1'));
      const first = await jobs.claim(now, lease);
      await jobs.add(job('sync 1'));
      await jobs.retry(first?.id ?? 0, now);

      const next = await jobs.claim(now, lease);

      expect(next).not.toBeNull();
      expect(next?.id).not.toBe(first?.id);
      await jobs.done(next?.id ?? 0);
      expect(await jobs.claim(now, lease)).toBeNull();
    });

    test('frees the job and the lane of a process that died', async () => {
      const { jobs } = await open();
      await jobs.add(job('sync 1'));
      const first = await jobs.claim(now, lease);

      expect(await jobs.releaseExpired(lease)).toBe(0);
      expect(await jobs.releaseExpired(afterLease)).toBe(1);
      expect(await jobs.claim(afterLease, afterLease)).toMatchObject({ id: first?.id, attempt: 0 });
    });

    test('gives each host one job before any has two, and a slow one never more than three', async () => {
      const stores = await open();
      const { jobs } = stores;
      const add = async (name: string, host: string) => {
        const offer = await storeOffer(stores, { name, host });
        await jobs.add(job(name, { lane: name, payload: { offerId: offer.id } }));
        return offer.id;
      };
      for (const name of ['a', 'b', 'c', 'd']) await add(name, 'slow.example');
      const good = await add('e', 'good.example');

      const claimed = [];
      for (let tries = 0; tries < 5; tries += 1) claimed.push(await jobs.claim(now, lease));

      expect(claimed.map((one) => one?.lane ?? null)).toEqual(['a', 'e', 'b', 'c', null]);
      expect(claimed[1]?.payload.offerId).toBe(good);
      await jobs.done(claimed[0]?.id ?? 0);
      expect(await jobs.claim(now, lease)).toMatchObject({ lane: 'd' });
    });

    test('passes over offers in trouble for a worker that is kept for the others', async () => {
      const stores = await open();
      const { jobs, offers } = stores;
      const failing = await storeOffer(stores, { name: 'failing' });
      const good = await storeOffer(stores, { name: 'good' });
      await offers.change(failing.id, { lastSyncAt: now, lastGoodSyncAt: addMilliseconds(now, -1) });
      await offers.change(good.id, { lastSyncAt: now, lastGoodSyncAt: now });
      for (const { id, name } of [failing, good]) {
        await jobs.add(job(name, { lane: name, payload: { offerId: id } }));
      }

      expect(await jobs.claim(now, lease, 'in good health')).toMatchObject({ lane: 'good' });
      expect(await jobs.claim(now, lease, 'in good health')).toBeNull();
      expect(await jobs.claim(now, lease)).toMatchObject({ lane: 'failing' });
    });

    test('lets a job wait without counting a try', async () => {
      const { jobs } = await open();
      await jobs.add(job('sync 1'));
      const first = await jobs.claim(now, lease);
      await jobs.postpone(first?.id ?? 0, lease);

      expect(await jobs.claim(now, lease)).toBeNull();
      expect(await jobs.claim(lease, afterLease)).toMatchObject({ id: first?.id, attempt: 0 });
    });

    test('holds a job for as long as its work goes on', async () => {
      const { jobs } = await open();
      await jobs.add(job('sync 1'));
      const first = await jobs.claim(now, lease);
      await jobs.extend(first?.id ?? 0, afterLease);

      expect(await jobs.releaseExpired(afterLease)).toBe(0);
    });

    test('removes the jobs of one offer only', async () => {
      const { jobs } = await open();
      await jobs.add(job('a', { payload: { offerId: 1 } }));
      await jobs.add(job('b', { payload: { offerId: 12 } }));

      await jobs.removeForOffer(1);

      expect((await jobs.claim(now, lease))?.payload).toEqual({ offerId: 12 });
      expect(await jobs.claim(now, lease)).toBeNull();
    });
  });
}
