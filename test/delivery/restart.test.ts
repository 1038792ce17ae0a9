import { expect, test } from 'vitest';
import { DeliveryError } from '../../src/delivery/outbox.js';
import { say } from '../../src/delivery/say.js';
import { sendNext } from '../../src/delivery/send-next.js';
import { hour, minute, openBench } from '../support/bench-core.js';
import { openTestFile } from '../support/sqlite.js';
import { card, channel, now } from '../support/stored.js';

async function processDiesWhileSending(taken: boolean) {
  const first = await openTestFile();
  const dying = await openBench(now, first.stores);
  await first.stores.workspaces.ensure('slack:T1', 'slack', 'Team', { id: 'U9', name: 'Boss' }, now);
  const saying = { workspace: 'slack:T1', target: channel, subject: 'digest:1', card: card('Thu'), now };
  await say(first.stores, saying);
  dying.chat.faults.push({ error: new DeliveryError('doubtful', 'process_died'), taken });
  await sendNext(dying.core);
  await first.close();
  const second = await openTestFile(first.file);
  const restarted = await openBench(now, second.stores);
  restarted.chat.posted.push(...dying.chat.posted);
  restarted.clock.forward(minute + 1);
  return restarted;
}

test('after a restart finds the message that was under way and does not repeat it', async () => {
  const bench = await processDiesWhileSending(true);

  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['find #casino']);
  expect(bench.chat.posted).toHaveLength(1);
});

test('after a restart sends what did not get there', async () => {
  const bench = await processDiesWhileSending(false);

  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['find #casino', 'send #casino']);
  expect(bench.chat.posted).toHaveLength(1);
});

test('loses nothing and doubles nothing when answers are lost at random', async () => {
  const bench = await openBench();
  await bench.stores.workspaces.ensure('slack:T1', 'slack', 'Team', { id: 'U9', name: 'Boss' }, now);
  let seed = 20261121;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  bench.chat.onCall = () => {
    if (bench.chat.faults.length > 0) return;
    const dice = random();
    if (dice < 0.2) bench.chat.faults.push({ error: new DeliveryError('doubtful', 'lost'), taken: true });
    else if (dice < 0.3) bench.chat.faults.push({ error: new DeliveryError('doubtful', 'lost') });
    else if (dice < 0.4) bench.chat.faults.push({ error: new DeliveryError('refused', 'http_503') });
    else if (dice < 0.5) bench.chat.faults.push({ error: new Error('socket hang up'), taken: true });
  };
  for (let index = 0; index < 300; index += 1) {
    const subject = `digest:${index}`;
    await say(bench.stores, { workspace: 'slack:T1', target: channel, subject, card: card(subject), now });
  }
  for (let elapsed = 0; elapsed < 3 * hour; elapsed += minute) {
    await bench.deliverAll();
    bench.clock.forward(minute);
  }

  const keys = bench.chat.posted.map((one) => one.key);
  expect(keys).toHaveLength(300);
  expect(new Set(keys).size).toBe(300);
  expect(await bench.stores.outbox.nextDue()).toBeNull();
  expect(bench.chat.calls.length).toBeGreaterThan(400);
});
