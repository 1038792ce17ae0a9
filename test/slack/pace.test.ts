import { describe, expect, test } from 'vitest';
import { createPace } from '../../adapters/slack/pace.js';
import { plannedDispatch } from '../contracts/planned-dispatch.js';
import { withSlack } from './with-slack.js';

/** Time that passes only while somebody waits. */
function fakeTime() {
  let at = 0;
  const waits: number[] = [];
  return {
    waits,
    pass: (milliseconds: number) => {
      at += milliseconds;
    },
    now: () => at,
    async wait(milliseconds: number) {
      waits.push(milliseconds);
    },
  };
}

describe('posts to one channel', () => {
  test('keep a second between them, and leave other channels alone', async () => {
    const time = fakeTime();
    const pace = createPace(1_000, time);

    await pace.turn('C1');
    await pace.turn('C2');
    time.pass(400);
    await pace.turn('C1');
    await pace.turn('C1');
    expect(pace.busyMs('C1')).toBe(2_600);
    time.pass(5_000);
    await pace.turn('C1');

    expect(time.waits).toEqual([600, 1_600]);
    expect(pace.busyMs('C2')).toBe(0);
  });

  test('leave one after the other, details and answers for everybody too', async () => {
    const dispatch = plannedDispatch();
    const { server, slack } = await withSlack({ dispatch, postEveryMs: 60 });
    const sentAt: number[] = [];
    const { push } = server.state.messages;
    server.state.messages.push = (...messages) => {
      sentAt.push(performance.now());
      return push.apply(server.state.messages, messages);
    };
    const card = {
      title: 'Royal',
      tone: 'plain',
      blocks: [],
      details: [{ type: 'text', text: 'More' }],
    } as const;
    const target = { kind: 'channel', id: 'C0CASINO', name: '#casino' } as const;
    const post = (key: string) =>
      slack.messenger.send({ workspace: 'slack:T0CASINO', target, key, card, files: [] });

    const startedAt = performance.now();
    await Promise.all([post('out-1'), post('out-2')]);

    expect(sentAt).toHaveLength(4);
    // The fourth turn comes three turns after the first, and timers may be a little early.
    expect((sentAt.at(-1) ?? 0) - startedAt).toBeGreaterThan(3 * 60 - 5);
  });

  test('are left to the outbox when the channel is busy for long', async () => {
    const { slack } = await withSlack({ dispatch: plannedDispatch(), postEveryMs: 11_000 });
    const target = { kind: 'channel', id: 'C0CASINO', name: '#casino' } as const;
    const card = { title: 'Royal', tone: 'plain', blocks: [] } as const;
    const message = { workspace: 'slack:T0CASINO', target, key: 'out-1', card, files: [] };

    await slack.messenger.send(message);

    await expect(slack.messenger.send({ ...message, key: 'out-2' })).rejects.toMatchObject({
      outcome: 'refused',
      reason: 'channel_busy',
    });
  });
});
