import { describe, expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import type { Stores } from '../../src/ports.js';
import { card, channel, now, outboxRow } from '../support/stored.js';

const later = addMilliseconds(now, 60_000);
const file = { name: 'chart.png', mediaType: 'image/png', base64: 'AAAA' };

/** What every outbox must do. */
export function testDeliveries(open: () => Promise<Stores>): void {
  describe('outbox', () => {
    test('hands out the oldest due row once, with all that was put in', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('later', { notBefore: later }));
      const id = await outbox.add(outboxRow('digest', { files: [file], card: card('Thu 19 Nov') }));

      const row = await outbox.claim(now);

      expect(row).toEqual({
        ...outboxRow('digest', { files: [file], card: card('Thu 19 Nov') }),
        id,
        state: 'sending',
        attempt: 1,
        sendingAt: now,
        sentAt: null,
        messageId: null,
      });
      expect(await outbox.claim(now)).toBeNull();
    });

    test('says only the newest of several rows of one message', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('incident:1', { card: card('open') }));
      await outbox.add(outboxRow('incident:1', { card: card('mended') }));

      const row = await outbox.claim(now);
      await outbox.sent(row?.id ?? 0, 'message-1', now);

      expect(row?.card.title).toBe('mended');
      expect(await outbox.claim(now)).toBeNull();
      expect(await outbox.nextDue()).toBeNull();
    });

    test('drops no row that carries files', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('digest', { card: card('with chart'), files: [file] }));
      await outbox.add(outboxRow('digest', { card: card('restated') }));

      const first = await outbox.claim(now);
      const whileSending = await outbox.claim(now);
      await outbox.sent(first?.id ?? 0, 'message-1', now);
      const second = await outbox.claim(now);

      expect(first?.card.title).toBe('with chart');
      expect(whileSending).toBeNull();
      expect(second?.card.title).toBe('restated');
    });

    test('keeps a row with files that waits while a newer one of its message is said', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('digest', { card: card('with chart'), files: [file], notBefore: later }));
      await outbox.add(outboxRow('digest', { card: card('restated') }));

      const first = await outbox.claim(now);
      await outbox.sent(first?.id ?? 0, 'message-1', now);

      expect(first?.card.title).toBe('restated');
      expect((await outbox.claim(later))?.card.title).toBe('with chart');
    });

    test('never has two rows of one message under way, but sends other messages meanwhile', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('incident:1'));
      const first = await outbox.claim(now);
      await outbox.add(outboxRow('incident:1'));
      await outbox.add(outboxRow('incident:1', { target: { kind: 'user', id: 'C1', name: '@ann' } }));

      const other = await outbox.claim(now);

      expect(first?.target.kind).toBe('channel');
      expect(other?.target.kind).toBe('user');
      expect(await outbox.claim(now)).toBeNull();
      expect(await outbox.nextDue()).toBeNull();
    });

    test('keeps a due row when a newer one of its message must wait', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('incident:1', { card: card('open') }));
      await outbox.add(outboxRow('incident:1', { card: card('reminder'), notBefore: later }));

      expect((await outbox.claim(now))?.card.title).toBe('open');
    });

    test('remembers the message of a subject and target, so that it can be edited', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('incident:1'));
      const first = await outbox.claim(now);
      await outbox.sent(first?.id ?? 0, 'message-1', now);

      expect(await outbox.messageOf('slack:T1', channel, 'incident:1')).toBe('message-1');
      expect(await outbox.messageOf('slack:T2', channel, 'incident:1')).toBeNull();
      expect(await outbox.messageOf('slack:T1', channel, 'incident:2')).toBeNull();
    });

    test('tries a postponed row again no earlier than told, and counts the tries', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('digest'));
      const first = await outbox.claim(now);
      if (first) await outbox.postpone(first, later);

      expect(await outbox.claim(now)).toBeNull();
      expect(await outbox.nextDue()).toBe(later);
      expect(await outbox.claim(later)).toMatchObject({ attempt: 2, sendingAt: later });
    });

    test('does not count a try that was given back', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('digest'));
      const first = await outbox.claim(now);
      if (first) await outbox.giveBack(first, later);

      expect(await outbox.claim(now)).toBeNull();
      expect(await outbox.claim(later)).toMatchObject({ attempt: 1, sendingAt: later });
    });

    test('lets nobody give a row back that another process has taken since', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('digest'));
      const first = await outbox.claim(now);
      await outbox.retake({ id: first?.id ?? 0, sendingAt: now }, later);

      if (first) await outbox.postpone(first, later);

      expect(await outbox.claim(later)).toBeNull();
      if (first) await outbox.postpone({ ...first, sendingAt: later }, later);
      expect(await outbox.claim(later)).toMatchObject({ id: first?.id });
    });

    test('finds rows whose sender died', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('digest'));
      const row = await outbox.claim(now);

      expect(await outbox.doubtful(now)).toEqual([]);
      expect(await outbox.doubtful(later)).toEqual([row]);
    });

    test('lets one of several processes look for a doubtful row, once a quarantine', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('digest'));
      const row = await outbox.claim(now);
      const doubtful = { id: row?.id ?? 0, sendingAt: row?.sendingAt ?? null };

      const first = await outbox.retake(doubtful, later);
      const second = await outbox.retake(doubtful, later);

      expect([first, second]).toEqual([true, false]);
      expect(await outbox.doubtful(later)).toEqual([]);
      expect(await outbox.doubtful(addMilliseconds(later, 1))).toHaveLength(1);
    });

    test('lists what waits at one target and drops what another message stands for', async () => {
      const { outbox } = await open();
      const first = await outbox.add(outboxRow('incident:1'));
      const second = await outbox.add(outboxRow('incident:2'));
      await outbox.add(outboxRow('incident:3', { target: { kind: 'user', id: 'C1', name: '@ann' } }));
      await outbox.add(outboxRow('incident:4', { notBefore: later }));

      const waiting = await outbox.waitingAt('slack:T1', channel, now);
      await outbox.drop([first, second]);

      expect(waiting.map((row) => row.id)).toEqual([first, second]);
      expect(await outbox.waitingAt('slack:T1', channel, now)).toEqual([]);
      expect((await outbox.claim(now))?.subject).toBe('incident:3');
    });

    test('never hands out a failed row again', async () => {
      const { outbox } = await open();
      await outbox.add(outboxRow('digest'));
      const row = await outbox.claim(now);
      await outbox.failed(row?.id ?? 0, now);

      expect(await outbox.claim(later)).toBeNull();
      expect(await outbox.doubtful(later)).toEqual([]);
    });

    test('gives each row to one of many senders', async () => {
      const { outbox } = await open();
      const subjects = Array.from({ length: 20 }, (_, index) => `incident:${index % 10}`);
      for (const subject of subjects) await outbox.add(outboxRow(subject, { files: [file] }));

      const claims = await Promise.all(subjects.map(() => outbox.claim(now)));

      const taken = claims.flatMap((row) => (row ? [row.subject] : []));
      expect(taken.sort()).toEqual([...new Set(subjects)].sort());
    });
  });
}
