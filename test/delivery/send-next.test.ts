import { expect, test } from 'vitest';
import { addMilliseconds, type Instant } from '../../src/dates.js';
import { DeliveryError } from '../../src/delivery/outbox.js';
import { keyOf } from '../../src/delivery/outgoing.js';
import { refusalScope } from '../../src/delivery/refusal-scope.js';
import { say } from '../../src/delivery/say.js';
import { nextTry, sendNext } from '../../src/delivery/send-next.js';
import { type Bench, day, hour, minute, openBench } from '../support/bench-core.js';
import { card, channel, now } from '../support/stored.js';

const other = { kind: 'channel' as const, id: 'C2', name: '#sports' };

async function openChat(): Promise<Bench> {
  const bench = await openBench();
  await bench.stores.workspaces.ensure('slack:T1', 'slack', 'Team', { id: 'U9', name: 'Boss' }, now);
  return bench;
}

function sayHere(bench: Bench, subject: string, title: string, target = channel): Promise<number> {
  return say(bench.stores, {
    workspace: 'slack:T1',
    target,
    subject,
    card: card(title),
    now: bench.clock.now(),
  });
}

test('posts a subject once and edits its message afterwards', async () => {
  const bench = await openChat();
  await sayHere(bench, 'incident:1', 'open');
  await bench.deliverAll();
  await sayHere(bench, 'incident:1', 'mended');
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'edit #casino']);
  expect(bench.chat.posted[0]?.titles).toEqual(['open', 'mended']);
});

test('gives each message a key of its own that stays the same over attempts', async () => {
  const bench = await openChat();
  const createdAt = bench.clock.now();
  const id = await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('refused', 'ratelimited', 1000) });
  await bench.deliverAll();
  bench.clock.forward(minute);
  await bench.deliverAll();

  expect(bench.chat.posted.map((one) => one.key)).toEqual([keyOf({ id, createdAt })]);
});

test('gives a row that has its number again, after a backup was restored, another key', () => {
  const before = keyOf({ id: 7, createdAt: '2026-11-19T09:00:00.000Z' });

  expect(keyOf({ id: 7, createdAt: '2026-11-19T09:00:00.001Z' })).not.toBe(before);
});

test('waits at least as long as it was told, with all that goes to the same workspace', async () => {
  const bench = await openChat();
  await sayHere(bench, 'a', 'first');
  await sayHere(bench, 'b', 'second', other);
  bench.chat.faults.push({ error: new DeliveryError('refused', 'ratelimited', 90_000) });
  await bench.deliverAll();
  bench.clock.forward(89_999);
  await bench.deliverAll();
  const tooEarly = bench.chat.calls.length;
  bench.clock.forward(1);
  await bench.deliverAll();

  expect(tooEarly).toBe(1);
  expect(bench.chat.posted.map((one) => one.titles[0])).toEqual(['first', 'second']);
});

test('waits longer after each refusal, up to ten minutes', () => {
  const waits = [1, 2, 3, 7, 8, 50].map((attempt) => Date.parse(nextTry(attempt, now)) - Date.parse(now));

  expect(waits).toEqual([5000, 10_000, 20_000, 320_000, 600_000, 600_000]);
});

test('closes a row whose answer was lost when its message is there', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('doubtful', 'connection_dropped'), taken: true });
  await bench.deliverAll();
  bench.clock.forward(59_000);
  await bench.deliverAll();
  const inQuarantine = [...bench.chat.calls];
  bench.clock.forward(2000);
  await bench.deliverAll();
  await sayHere(bench, 'digest:1', 'restated');
  await bench.deliverAll();

  expect(inQuarantine).toEqual(['send #casino']);
  expect(bench.chat.calls).toEqual(['send #casino', 'find #casino', 'edit #casino']);
  expect(bench.chat.posted).toHaveLength(1);
});

test('sends again after a lost answer only when the message is not there', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('doubtful', 'timed_out') });
  await bench.deliverAll();
  bench.clock.forward(minute + 1);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'find #casino', 'send #casino']);
  expect(bench.chat.posted).toHaveLength(1);
});

test('takes an error that it does not know for a lost answer', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new TypeError('undefined is not a function'), taken: true });
  await bench.deliverAll();
  bench.clock.forward(minute + 1);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'find #casino']);
  expect(bench.chat.posted).toHaveLength(1);
});

test('counts the quarantine from the moment at which a call broke, however long it took', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('doubtful', 'timed_out') });
  bench.chat.onCall = () => bench.clock.forward(29_000);
  await bench.deliverAll();
  bench.chat.onCall = () => {};
  bench.clock.forward(59_000);
  await bench.deliverAll();
  const inQuarantine = [...bench.chat.calls];
  bench.clock.forward(2000);
  await bench.deliverAll();

  expect(inQuarantine).toEqual(['send #casino']);
  expect(bench.chat.calls).toEqual(['send #casino', 'find #casino', 'send #casino']);
});

test('keeps a message through days of a network that fails, and sends it once', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  for (let tries = 0; tries < 120; tries += 1) {
    bench.chat.faults.push({ error: new DeliveryError('unreachable', 'und_err_socket') });
    await bench.deliverAll();
    bench.clock.forward(hour);
  }
  await bench.deliverAll();

  expect(bench.chat.calls).toHaveLength(121);
  expect(bench.chat.posted).toHaveLength(1);
});

test('makes an edit again without looking when its answer was lost', async () => {
  const bench = await openChat();
  await sayHere(bench, 'incident:1', 'open');
  await bench.deliverAll();
  await sayHere(bench, 'incident:1', 'mended');
  bench.chat.faults.push({ error: new DeliveryError('doubtful', 'timed_out') });
  await bench.deliverAll();
  bench.clock.forward(minute);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'edit #casino', 'edit #casino']);
  expect(bench.chat.posted[0]?.titles).toEqual(['open', 'mended']);
});

test('asks a person, and never repeats by itself, when the history cannot be read', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('doubtful', 'timed_out') });
  bench.chat.readable = false;
  await bench.deliverAll();
  bench.clock.forward(minute + 1);
  await bench.deliverAll();
  bench.clock.forward(day);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'find #casino', 'send Boss']);
  expect(bench.chat.titlesAt('Boss')).toEqual([
    'It is not certain that a message reached #casino: "Thu 19 Nov"',
  ]);
});

test('keeps waiting while the history cannot be asked for, and then sends once', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('doubtful', 'timed_out') });
  await bench.deliverAll();
  for (let minutes = 0; minutes < 360; minutes += 1) {
    bench.chat.lookFaults.push(new DeliveryError('unreachable', 'connection_refused'));
    bench.clock.forward(minute + 1);
    await bench.deliverAll();
  }
  bench.clock.forward(minute + 1);
  await bench.deliverAll();

  expect(bench.chat.calls.filter((call) => call.startsWith('send'))).toHaveLength(2);
  expect(bench.chat.posted).toHaveLength(1);
});

test('waits as long as a look is told to, from the moment it is told', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('doubtful', 'timed_out') });
  await bench.deliverAll();
  bench.clock.forward(minute + 1);
  bench.chat.lookFaults.push(new DeliveryError('refused', 'ratelimited', 90_000));
  bench.chat.onCall = () => bench.clock.forward(9000);
  await bench.deliverAll();
  bench.chat.onCall = () => {};
  bench.clock.forward(89_000);
  await bench.deliverAll();
  const tooEarly = bench.chat.calls.length;
  bench.clock.forward(1001);
  await bench.deliverAll();

  expect(tooEarly).toBe(2);
  expect(bench.chat.calls).toEqual(['send #casino', 'find #casino', 'find #casino', 'send #casino']);
});

test('tells an admin once that a channel refuses for good, by direct message, and calls it no more', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('permanent', 'channel_archived') });
  await bench.deliverAll();
  await sayHere(bench, 'incident:7', 'Royal has stopped');
  bench.clock.forward(6 * hour);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'send Boss']);
  expect(bench.chat.titlesAt('Boss')).toEqual(['Messages do not reach #casino: channel archived']);
});

test('sends what waited once the channel takes messages again', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('permanent', 'channel_archived') });
  await bench.deliverAll();
  await sayHere(bench, 'incident:7', 'Royal has stopped');
  await bench.deliverAll();
  bench.clock.forward(day);
  await bench.deliverAll();

  expect(bench.chat.titlesAt('#casino')).toEqual(['Royal has stopped']);
  expect(bench.chat.titlesAt('Boss')).toEqual(['Messages reach #casino again after 24 h']);
});

test('makes one call when the whole workspace refuses the bot', async () => {
  const bench = await openChat();
  await sayHere(bench, 'a', 'first');
  await sayHere(bench, 'b', 'second', other);
  bench.chat.faults.push({ error: new DeliveryError('permanent', 'token_revoked') });
  await bench.deliverAll();
  bench.clock.forward(12 * hour);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino']);
  expect(await bench.stores.incidents.listOpen('slack:T1')).toHaveLength(1);
});

test('does not hold a channel up for one message that it does not accept', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.chat.faults.push({ error: new DeliveryError('permanent', 'msg_blocks_too_long') });
  await bench.deliverAll();
  await sayHere(bench, 'incident:7', 'Royal has stopped');
  await bench.deliverAll();

  expect(bench.chat.titlesAt('#casino')).toEqual(['Royal has stopped']);
  expect(bench.chat.titlesAt('Boss')[0]).toContain('"Thu 19 Nov" (msg blocks too long)');
});

test('tells from its reason whether a message, a place or the whole workspace is refused', () => {
  const scopes = ['message_not_found', 'invalid_blocks', '10008', 'channel_not_found', 'not_in_channel'];
  const more = ['is_archived', 'missing_permissions', '50007', 'token_revoked', 'invalid_auth'];
  expect([...scopes, ...more].map(refusalScope)).toEqual([
    ...['message', 'message', 'message', 'place', 'place'],
    ...['place', 'place', 'place', 'workspace', 'workspace'],
  ]);
});

test('lets an edit go whose message somebody has deleted', async () => {
  const bench = await openChat();
  await sayHere(bench, 'incident:1', 'open');
  await bench.deliverAll();
  await sayHere(bench, 'incident:1', 'mended');
  bench.chat.faults.push({ error: new DeliveryError('permanent', 'message_not_found') });
  await bench.deliverAll();

  expect(await bench.stores.incidents.listOpen('slack:T1')).toEqual([]);
  expect(await bench.stores.outbox.nextDue()).toBeNull();
});

test('keeps everything over six hours of refusals, then says each thing once', async () => {
  const bench = await openChat();
  for (let index = 0; index < 10; index += 1) await sayHere(bench, `digest:${index}`, `digest ${index}`);
  const end = addMilliseconds(now, 6 * hour);
  while (bench.clock.now() < end) {
    bench.chat.faults.push({ error: new DeliveryError('unreachable', 'connection_refused') });
    await bench.deliverAll();
    bench.clock.forward(minute);
  }
  bench.chat.faults.length = 0;
  const during = bench.chat.posted.length;
  for (let minutes = 0; minutes < 11; minutes += 1) {
    await bench.deliverAll();
    bench.clock.forward(minute);
  }

  expect(bench.chat.posted.length).toBe(10);
  expect(new Set(bench.chat.posted.map((one) => one.key)).size).toBe(10);
  expect(during).toBeLessThan(10);
});

test('holds messages of a surface that is not running', async () => {
  const bench = await openChat();
  await bench.stores.workspaces.ensure('terminal', 'terminal', 'Terminal', { id: 'me', name: 'me' }, now);
  await say(bench.stores, { workspace: 'terminal', target: channel, subject: 'a', card: card('a'), now });

  const steps = await bench.deliverAll();

  expect(steps).toBe(1);
  expect(await bench.stores.outbox.nextDue()).toBe(addMilliseconds(now, 15 * minute));
});

test('keeps a message that waited for days while nobody sent it, whatever the first try meets', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  bench.clock.forward(4 * day);
  bench.chat.faults.push({ error: new DeliveryError('refused', 'ratelimited', 1000) });
  bench.chat.faults.push({ error: new DeliveryError('refused', '503') });
  for (let minutes = 0; minutes < 3; minutes += 1) {
    await bench.deliverAll();
    bench.clock.forward(minute);
  }

  expect(bench.chat.posted.map((one) => one.titles[0])).toEqual(['Thu 19 Nov']);
  expect(await bench.stores.incidents.latest('slack:T1', 5)).toEqual([]);
});

/** A bench whose sender sleeps for two minutes between taking a row and sending it. */
async function openSleeper(meanwhile: (bench: Bench, takenAt: Instant) => Promise<unknown>) {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  const { messageOf } = bench.stores.outbox;
  const takenAt = bench.clock.now();
  const outbox: typeof bench.stores.outbox = {
    ...bench.stores.outbox,
    messageOf: async (...given) => {
      bench.clock.forward(2 * minute);
      await meanwhile(bench, takenAt);
      return messageOf(...given);
    },
  };
  return { bench, sleeper: { ...bench.core, stores: { ...bench.stores, outbox } } };
}

test('does not send what it took before it slept when another looks for it by now', async () => {
  const { bench, sleeper } = await openSleeper(({ stores, clock }, sendingAt) =>
    stores.outbox.retake({ id: 1, sendingAt }, clock.now()),
  );

  await sendNext(sleeper);

  expect(bench.chat.calls).toEqual([]);
  bench.clock.forward(2 * minute);
  await bench.deliverAll();
  expect(bench.chat.calls).toEqual(['find #casino', 'send #casino']);
});

test('sends what it took before it slept when nobody has touched it, without a look', async () => {
  const { bench, sleeper } = await openSleeper(() => Promise.resolve());

  await sendNext(sleeper);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino']);
});

test('counts no try of a message that only waits because another was told to', async () => {
  const bench = await openChat();
  await sayHere(bench, 'digest:1', 'Thu 19 Nov');
  await sayHere(bench, 'digest:2', 'Fri 20 Nov');
  bench.chat.faults.push({ error: new DeliveryError('refused', 'ratelimited', 90_000) });
  await bench.deliverAll();
  bench.clock.forward(2 * minute);

  expect(await bench.stores.outbox.claim(bench.clock.now())).toMatchObject({ attempt: 2 });
  expect(await bench.stores.outbox.claim(bench.clock.now())).toMatchObject({ attempt: 1 });
});
