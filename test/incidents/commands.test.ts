import { expect, test } from 'vitest';
import { alertAck } from '../../commands/alert/ack.js';
import { alertList } from '../../commands/alert/list.js';
import { alertSettings } from '../../commands/alert/settings.js';
import { alertSnooze } from '../../commands/alert/snooze.js';
import { alertTest } from '../../commands/alert/test.js';
import type { Card } from '../../src/card.js';
import type { Caller, Command } from '../../src/command.js';
import { type Bench, day, hour, openBench } from '../support/bench-core.js';
import { failRun, goodRun } from '../support/offer-at-work.js';
import { storeOffer } from '../support/stored.js';

const ann: Caller = {
  workspace: 'slack:T1',
  user: { id: 'U1', name: 'Ann' },
  channel: { id: 'C1', name: '#casino' },
  isGuest: false,
  isSurfaceAdmin: false,
};
const bob: Caller = { ...ann, user: { id: 'U2', name: 'Bob' } };
const admin: Caller = { ...ann, user: { id: 'U3', name: 'Eve' }, isSurfaceAdmin: true };
const stranger: Caller = { ...ann, workspace: 'slack:T2', isSurfaceAdmin: true };

async function run(
  bench: Bench,
  command: Command,
  caller: Caller,
  options: Record<string, string> = {},
): Promise<Card> {
  const parsed = command.options.parse(options);
  const answer = await command.run(parsed, { core: bench.core, caller, progress: () => {} });
  return 'card' in answer ? answer.card : answer;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: Error) => error.message,
  );
}

async function openRoyal() {
  const bench = await openBench('2026-11-17T07:10:00.000Z');
  const royal = await storeOffer(bench.stores, { name: 'Royal' });
  await bench.stores.workspaces.setAdmin('slack:T1', { id: 'U1', name: 'Ann' }, false);
  await failRun(bench, royal);
  await bench.deliverAll();
  return { bench, royal };
}

test('an acknowledged alert says by whom, and is not reminded nor escalated', async () => {
  const { bench } = await openRoyal();

  const card = await run(bench, alertAck, ann, { incident: '#1' });
  for (let hours = 0; hours < 72; hours += 1) {
    bench.clock.forward(hour);
    await bench.tendAll();
    await bench.deliverAll();
  }

  expect(card.blocks[0]).toMatchObject({ text: 'alert 1 · acknowledged by Ann' });
  expect(bench.chat.calls).toEqual(['send #casino', 'send Ann', 'edit #casino', 'edit Ann']);
  expect(bench.chat.posted[0]?.message.card.blocks[0]).toMatchObject({
    text: 'alert 1 · acknowledged by Ann',
  });
});

test('an acknowledgement ends by itself when the alert recovers', async () => {
  const { bench, royal } = await openRoyal();
  await run(bench, alertAck, ann, { incident: '1' });
  bench.clock.forward(hour);
  await goodRun(bench, royal.id);
  await failRun(bench, royal);

  expect((await bench.stores.incidents.listOpen('slack:T1'))[0]).toMatchObject({
    state: 'open',
    acknowledgedBy: null,
  });
});

test('a snooze is quiet until its end, then asks again', async () => {
  const { bench } = await openRoyal();
  const card = await run(bench, alertSnooze, ann, { incident: '1', for: '2d' });
  await bench.deliverAll();
  bench.clock.forward(2 * day - 1);
  await bench.tendAll();
  await bench.deliverAll();
  const before = bench.chat.titlesAt('Ann').length;
  bench.clock.forward(1);
  await bench.tendAll();
  await bench.deliverAll();

  expect(card.blocks[0]).toMatchObject({ text: 'alert 1 · snoozed until Thu 07:10' });
  expect(before).toBe(1);
  expect(bench.chat.titlesAt('Ann')[1]).toMatch(/^Snooze is over: Royal has stopped/);
  expect((await bench.stores.incidents.listOpen('slack:T1'))[0]?.state).toBe('open');
});

test('a snooze ends by itself when the alert recovers', async () => {
  const { bench, royal } = await openRoyal();
  await run(bench, alertSnooze, ann, { incident: '1', for: '4h' });
  bench.clock.forward(hour);
  await goodRun(bench, royal.id);
  bench.clock.forward(day);

  expect(await bench.tendAll()).toBe(0);
  expect((await bench.stores.incidents.latest('slack:T1', 1))[0]?.state).toBe('recovered');
});

test('only the owner and admins answer an alert, and nobody of another workspace', async () => {
  const { bench } = await openRoyal();
  await bench.stores.workspaces.ensure(
    'slack:T2',
    'slack',
    'Other',
    { id: 'U1', name: 'X' },
    bench.clock.now(),
  );

  expect(await codeOf(run(bench, alertAck, bob, { incident: '1' }))).toBe('incident.not-yours');
  expect(await codeOf(run(bench, alertSnooze, bob, { incident: '1', for: '4h' }))).toBe('incident.not-yours');
  expect(await codeOf(run(bench, alertAck, stranger, { incident: '1' }))).toBe('incident.unknown');
  expect(await codeOf(run(bench, alertAck, admin, { incident: '1' }))).toBe('done');
  expect(await codeOf(run(bench, alertAck, admin, { incident: '9' }))).toBe('incident.unknown');
});

test('the list shows what is open here and hides what is about other channels', async () => {
  const { bench } = await openRoyal();
  const other = await storeOffer(bench.stores, {
    name: 'Nord',
    host: 'nord.example',
    fingerprint: 'nord',
    channelId: 'C7',
    channelName: '#nord',
  });
  await failRun(bench, other);

  const forAdmin = await run(bench, alertList, admin);
  const forBob = await run(bench, alertList, bob);
  const elsewhere = await run(bench, alertList, { ...bob, channel: { id: 'C9', name: '#talk' } });

  expect(forAdmin.title).toBe('2 alerts are open');
  expect(forBob.title).toMatch(/^Royal has stopped/);
  expect(JSON.stringify(forBob)).not.toContain('Nord');
  expect(elsewhere.title).toBe('No alert is open for this channel');
  expect(JSON.stringify(elsewhere)).toContain('2 more are about offers of other channels.');
});

test('the list says that nothing is wrong', async () => {
  const { bench, royal } = await openRoyal();
  await goodRun(bench, royal.id);

  expect((await run(bench, alertList, ann)).title).toBe('Nothing is wrong: no alert is open');
});

test('settings are shown, changed and checked', async () => {
  const { bench } = await openRoyal();
  const typed = { quiet: '22:00-07:00', dm: 'off', remind: '12h', tz: 'Europe/Malta', add: 'admins' };

  const shown = await run(bench, alertSettings, admin);
  await run(bench, alertSettings, admin, typed);
  const changed = await bench.stores.workspaces.get('slack:T1');
  const off = await run(bench, alertSettings, admin, { quiet: 'off' });

  expect(shown.title).toBe('Alert settings');
  expect(changed).toMatchObject({
    quietFrom: '22:00',
    quietTo: '07:00',
    dmAlerts: false,
    remindAfterMs: 12 * hour,
    escalateAfterMs: 48 * hour,
    timeZone: 'Europe/Malta',
    mayAdd: 'admins',
  });
  expect(off.blocks[0]).toMatchObject({
    facts: [{ label: 'Quiet hours', value: 'none' }, {}, {}, {}, {}, {}],
  });
});

test('settings that make no sense are refused whole', async () => {
  const { bench } = await openRoyal();
  const before = await bench.stores.workspaces.get('slack:T1');
  const refusals = [
    [{ quiet: '25:00-07:00' }, 'incident.quiet-hours-unreadable'],
    [{ quiet: '07:00-07:00' }, 'incident.quiet-hours-unreadable'],
    [{ tz: 'Malta/Europe', dm: 'off' }, 'incident.time-zone-unknown'],
    [{ remind: '3d' }, 'incident.times-unordered'],
  ] as const;

  for (const [typed, code] of refusals) {
    expect(await codeOf(run(bench, alertSettings, admin, typed))).toBe(code);
  }
  expect(await bench.stores.workspaces.get('slack:T1')).toEqual(before);
});

test('a test alert goes to the channel and to whoever asked, also in quiet hours', async () => {
  const { bench } = await openRoyal();
  await bench.stores.workspaces.change('slack:T1', { quietFrom: '00:00', quietTo: '23:59' });

  const card = await run(bench, alertTest, bob);
  await bench.deliverAll();

  expect(card.title).toBe('A sample alert is on its way to #casino and to you');
  expect(bench.chat.calls.slice(2)).toEqual(['send #casino', 'send Bob']);
  expect(bench.chat.titlesAt('Bob')[0]).toMatch(/^Test:/);
});
