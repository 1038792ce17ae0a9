import { describe, expect, test } from 'vitest';
import type { OldRecords } from '../../src/clear-old-records.js';
import { addMilliseconds, type Instant } from '../../src/dates.js';
import type { Stores } from '../../src/ports.js';
import { channel, now, outboxRow, reading, sourceRow, storeOffer, syncRun } from '../support/stored.js';

const dayMs = 86_400_000;
const cutOff = addMilliseconds(now, -90 * dayMs);
const old = addMilliseconds(cutOff, -dayMs);
const young = addMilliseconds(cutOff, dayMs);
const [monday, tuesday] = ['2026-08-03', '2026-08-04'] as const;

export interface OldRecordsDatabase {
  readonly stores: Stores;
  /** The same database, as another process (on SQLite another thread) has it. */
  readonly others: Stores;
  /** The ids of what a table holds, from the lowest on. */
  ids(table: 'sync_runs' | 'outbox' | 'incidents' | 'audit'): Promise<number[]>;
}

async function clearAll(stores: Stores, kind: OldRecords, before: Instant = cutOff): Promise<number> {
  let steps = 1;
  while (await stores.oldRecords.clear(kind, before)) steps += 1;
  return steps;
}

function addRun({ runs }: Stores, offerId: number, endedAt = old, changes = 0): Promise<number> {
  return runs.add(syncRun(offerId, endedAt, { from: monday, to: tuesday, changes }));
}

/** Takes the message as a sender does, and makes of it what `become` says. */
async function addMessage(
  { outbox }: Stores,
  become: 'new' | 'sending' | 'sent' | 'failed' | 'dropped',
  subject = become as string,
  createdAt = old,
): Promise<number> {
  const id = await outbox.add(outboxRow(subject, { createdAt, notBefore: createdAt }));
  if (become === 'new') return id;
  if (become === 'dropped') await outbox.drop([id]);
  else await outbox.claim(createdAt);
  if (become === 'sent') await outbox.sent(id, `message of ${subject}`, createdAt);
  if (become === 'failed') await outbox.failed(id, createdAt);
  return id;
}

async function addIncident(
  { incidents }: Stores,
  subject: string,
  recoveredAt: Instant | null,
): Promise<number> {
  const problem = {
    code: 'probe.token-refused',
    what: 'It is refused.',
    why: 'It ended.',
    fix: ['Renew it.'],
  };
  const about = { workspace: 'slack:T1', kind: 'token-refused', offerId: null, problem } as const;
  const { incident } = await incidents.open({ ...about, subject, openedAt: old });
  if (recoveredAt !== null) await incidents.change(incident.id, { state: 'recovered', recoveredAt });
  return incident.id;
}

async function addLines({ transaction }: Stores, count: number, at = old): Promise<void> {
  const line = { workspace: 'slack:T1', userId: 'U1', userName: 'Ann', action: 'offer sync' };
  await transaction(async ({ audit }) => {
    for (let index = 0; index < count; index += 1) {
      await audit.add({ ...line, at, subject: `offer ${index}`, outcome: 'done' });
    }
  });
}

/** How every database clears away what is old. */
export function testOldRecords(name: string, open: () => Promise<OldRecordsDatabase>): void {
  describe(`old records on ${name}`, () => {
    test('keeps old runs that a stored day or a change names, and the newest of an offer', async () => {
      const { stores, ids } = await open();
      const offer = await storeOffer(stores);
      const quiet = await storeOffer(stores, { name: 'Quiet', fingerprint: 'fingerprint-2' });
      await addRun(stores, offer.id);
      await addRun(stores, offer.id);
      const read = await addRun(stores, offer.id);
      const changed = await addRun(stores, offer.id, old, 1);
      const newestOfQuiet = await addRun(stores, quiet.id);
      const recent = await addRun(stores, offer.id, young);
      const newest = await addRun(stores, offer.id, now);
      const applied = (at: Instant, runId: number, days: readonly string[], ftds: number) =>
        stores.figures.apply(reading(offer.id, at, days, [sourceRow(monday, { ftds })], { runId }));
      await applied(old, read, [monday, tuesday], 1);
      await applied(young, changed, [monday], 2);
      await applied(now, newest, [monday], 2);

      await clearAll(stores, 'runs');

      const changes = await stores.figures.changes(offer.id, monday, tuesday);
      expect(changes.map(({ runId }) => runId)).toEqual([changed]);
      expect(await ids('sync_runs')).toEqual([read, changed, newestOfQuiet, recent, newest]);
    });

    test('removes old messages that were said or dropped, and none that waits, is in doubt or was refused', async () => {
      const { stores, ids } = await open();
      await addMessage(stores, 'sent');
      await addMessage(stores, 'dropped');
      const kept = [
        await addMessage(stores, 'sending'),
        await addMessage(stores, 'failed'),
        await addMessage(stores, 'sent', 'yesterday', young),
        await addMessage(stores, 'new'),
      ];

      await clearAll(stores, 'messages');

      expect(await ids('outbox')).toEqual(kept);
      expect(await stores.outbox.doubtful(now)).toMatchObject([{ subject: 'sending', state: 'sending' }]);
      expect(await stores.outbox.claim(now)).toMatchObject({ subject: 'new' });
    });

    test('knows what was said after the message is gone: it is edited, and no digest is posted twice', async () => {
      const { stores, ids } = await open();
      const run = { kind: 'digest-day', workspace: 'slack:T1', channelId: 'C1', localDate: old.slice(0, 10) };
      await stores.digests.recordRun({ ...run, postedAt: old });
      await addMessage(stores, 'sent', 'incident:1');
      await addMessage(stores, 'sent', 'welcome:C1');
      await stores.restores.mark(old);

      await clearAll(stores, 'messages');

      expect(await ids('outbox')).toEqual([]);
      expect(await stores.outbox.messageOf('slack:T1', channel, 'incident:1')).toBe('message of incident:1');
      expect(await stores.outbox.messageOf('slack:T1', channel, 'welcome:C1')).toBe('message of welcome:C1');
      expect(await stores.digests.recordRun({ ...run, postedAt: now })).toBe(false);
      expect(await stores.restores.latest()).toBe(old);
    });

    test('removes incidents that were over long ago, gives none of their numbers again, and keeps the others', async () => {
      const { stores, ids } = await open();
      await addIncident(stores, 'offer:1', old);
      const kept = [await addIncident(stores, 'offer:2', null), await addIncident(stores, 'offer:3', young)];

      await clearAll(stores, 'incidents');
      const next = await addIncident(stores, 'offer:1', null);

      expect(await ids('incidents')).toEqual([...kept, next]);
      expect((await stores.incidents.get(next))?.number).toBe(4);
    });

    test('goes through thousands of records in small steps', async () => {
      const { stores, ids } = await open();
      await addLines(stores, 2345);
      await addLines(stores, 1, young);
      const left: number[] = [2346];

      while (await stores.oldRecords.clear('audit', cutOff)) left.push((await ids('audit')).length);

      const gone = left.slice(1).map((count, step) => (left[step] ?? 0) - count);
      expect(Math.max(...gone)).toBeLessThanOrEqual(200);
      expect(gone.length).toBeGreaterThan(10);
      expect(await ids('audit')).toHaveLength(1);
    });

    test('looks at nothing twice that it has kept', async () => {
      const { stores, ids } = await open();
      await addMessage(stores, 'failed');
      await clearAll(stores, 'messages');
      const [kept] = await ids('outbox');
      await stores.outbox.sent(kept ?? 0, 'found at last', now);

      await clearAll(stores, 'messages');

      expect(await ids('outbox')).toEqual([kept]);
    });

    test('goes past records from a time when the clock was ahead, and keeps them', async () => {
      const { stores, ids } = await open();
      const offer = await storeOffer(stores);
      const ahead = addMilliseconds(now, 400 * dayMs);
      await addLines(stores, 2, ahead);
      await addLines(stores, 3);
      await addMessage(stores, 'sent', 'ahead', ahead);
      await addMessage(stores, 'sent');
      await addRun(stores, offer.id, ahead);
      await addRun(stores, offer.id);
      await addRun(stores, offer.id);

      for (const kind of ['audit', 'messages', 'runs'] as const) await clearAll(stores, kind);

      expect(await ids('audit')).toEqual([1, 2]);
      expect(await ids('outbox')).toEqual([1]);
      expect(await ids('sync_runs')).toEqual([1, 3]);
    });

    test('is harmless where two processes do it at once', async () => {
      const { stores, others, ids } = await open();
      const offer = await storeOffer(stores);
      for (let index = 0; index < 5; index += 1) await addRun(stores, offer.id);
      const newest = await addRun(stores, offer.id);
      await addLines(stores, 900);
      await addLines(stores, 2, young);

      await Promise.all(
        [stores, others, stores, others].flatMap((one) => [clearAll(one, 'audit'), clearAll(one, 'runs')]),
      );

      expect(await ids('audit')).toEqual([901, 902]);
      expect(await ids('sync_runs')).toEqual([newest]);
      expect(await stores.oldRecords.clear('audit', cutOff)).toBe(false);
    });

    test('broken off half-way, it leaves all as it was, and the next one does it', async () => {
      const { stores, ids } = await open();
      await addLines(stores, 300);
      await stores.oldRecords.clear('audit', cutOff);
      const before = await ids('audit');

      const broken = stores.transaction(async (inside) => {
        await inside.oldRecords.clear('audit', cutOff);
        throw new Error('pulled the plug');
      });

      await expect(broken).rejects.toThrow('pulled the plug');
      expect(await ids('audit')).toEqual(before);
      await clearAll(stores, 'audit');
      expect(await ids('audit')).toEqual([]);
    });
  });
}
