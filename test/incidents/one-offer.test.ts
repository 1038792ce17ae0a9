import { expect, test } from 'vitest';
import { actionPlace } from '../../src/delivery/draw-card.js';
import { directCard } from '../../src/incidents/incident-card.js';
import { type Bench, day, hour, minute, openBench, openVault } from '../support/bench-core.js';
import { failRun, goodRun } from '../support/offer-at-work.js';
import { sourceRow, storeOffer } from '../support/stored.js';

async function openRoyal() {
  const bench = await openBench('2026-11-17T07:10:00.000Z');
  const royal = await storeOffer(bench.stores, { name: 'Royal', host: 'royal.example' });
  return { bench, royal };
}

async function pass(bench: Bench, milliseconds: number): Promise<void> {
  bench.clock.forward(milliseconds);
  await bench.tendAll();
  await bench.deliverAll();
}

test('tells the channel and the owner once when a token dies, however often it fails', async () => {
  const { bench, royal } = await openRoyal();

  const first = await failRun(bench, royal);
  await bench.deliverAll();
  for (let hours = 0; hours < 20; hours += 1) {
    bench.clock.forward(hour);
    expect(await failRun(bench, royal)).toBe('seen');
    await bench.tendAll();
    await bench.deliverAll();
  }

  expect(first).toBe('opened');
  expect(bench.chat.calls).toEqual(['send #casino', 'send Ann']);
  expect(bench.chat.titlesAt('#casino')).toEqual([
    'Royal has stopped: its token is refused (since Tue 07:10, 3 tries)',
  ]);
  const [incident, more] = await bench.stores.incidents.listOpen('slack:T1');
  expect(more).toBeUndefined();
  expect(incident?.tries).toBe(63);
});

test('gives the owner the steps and the buttons, and the channel the state', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal);
  await bench.deliverAll();

  const post = bench.chat.posted.find((one) => one.place === '#casino')?.message.card;
  const direct = bench.chat.posted.find((one) => one.place === 'Ann')?.message.card;
  expect(post?.blocks).toEqual([{ type: 'text', text: 'alert 1 · open · told Ann', muted: true }]);
  expect(post?.details?.[0]).toMatchObject({
    type: 'steps',
    code: 'probe.token-refused',
    steps: ['Mend it.'],
  });
  const buttons = direct?.blocks.flatMap((block) => (block.type === 'actions' ? block.actions : [])) ?? [];
  expect(buttons.map((button) => button.label)).toEqual([
    'Replace URL',
    'Retry now',
    'Acknowledge',
    'Snooze',
  ]);
  const stored = await bench.stores.actions.get('slack:T1', buttons[0]?.id ?? '');
  expect(stored).toMatchObject({ command: 'offer renew', form: true });
  const options = openVault.open(stored?.sealedOptions ?? '', actionPlace('slack:T1', stored?.id ?? ''));
  expect(JSON.parse(options)).toEqual({ offer: '1' });
});

test('edits both messages on recovery and adds a receipt with what changed', async () => {
  const { bench, royal } = await openRoyal();
  const before = [
    sourceRow('2026-11-16', { ftds: 4, ngr: 1_000_000n }),
    sourceRow('2026-11-16', { ftds: 1, ngr: 50_000n }, { campaignId: 'c2', campaign: 'Mail' }),
  ];
  await goodRun(bench, royal.id, { days: ['2026-11-16'], rows: before });
  bench.clock.forward(hour);
  await failRun(bench, royal);
  await bench.deliverAll();
  bench.clock.forward(9 * hour);
  // 16 Nov: 4 → 5 FTD, 100.00 → 90.40; campaign Mail stays. 17 Nov is new: 2 FTD, 220.00.
  await goodRun(bench, royal.id, {
    days: ['2026-11-16', '2026-11-17'],
    rows: [
      sourceRow('2026-11-16', { ftds: 5, ngr: 904_000n }),
      sourceRow('2026-11-16', { ftds: 1, ngr: 50_000n }, { campaignId: 'c2', campaign: 'Mail' }),
      sourceRow('2026-11-17', { ftds: 2, ngr: 2_200_000n }),
    ],
  });
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'send Ann', 'edit #casino', 'edit Ann']);
  expect(bench.chat.titlesAt('#casino')).toEqual([
    'Royal is back after 9 h: 2 days read again, FTD +3, NGR +210.40 EUR since it stopped',
  ]);
  const [incident] = await bench.stores.incidents.latest('slack:T1', 1);
  expect(incident?.receipt).toEqual({
    lastedMs: 9 * hour,
    days: ['2026-11-16', '2026-11-17'],
    changed: [{ currency: 'EUR', ftds: 3, ngr: '2104000' }],
  });
});

test('never adds up currencies in a receipt', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal);
  bench.clock.forward(hour);
  await goodRun(bench, royal.id, {
    days: ['2026-11-17'],
    rows: [
      sourceRow('2026-11-17', { ftds: 1, ngr: 100_000n }),
      sourceRow('2026-11-17', { ftds: 2, ngr: -300_000_000n }, { currency: 'USDT' }),
    ],
  });
  await bench.deliverAll();

  expect(bench.chat.titlesAt('#casino')[0]).toContain('FTD +3, NGR +10.00 EUR, NGR −3.00 USDT since');
});

test('takes up the same incident quietly when it fails again soon after it recovered', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal);
  await bench.deliverAll();
  for (let round = 0; round < 10; round += 1) {
    bench.clock.forward(hour);
    await goodRun(bench, royal.id);
    await bench.deliverAll();
    bench.clock.forward(hour);
    await failRun(bench, royal);
    await bench.deliverAll();
  }

  expect(bench.chat.calls.filter((call) => call.startsWith('send'))).toEqual(['send #casino', 'send Ann']);
  expect(await bench.stores.incidents.latest('slack:T1', 10)).toHaveLength(1);
  expect(bench.chat.titlesAt('#casino')[0]).toMatch(/^Royal has stopped/);
});

test('opens a new incident when it fails again much later', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal);
  await goodRun(bench, royal.id);
  bench.clock.forward(7 * hour);
  await failRun(bench, royal);
  await bench.deliverAll();

  expect(await bench.stores.incidents.latest('slack:T1', 10)).toHaveLength(2);
});

test('keeps the advice to renew when a refused token is followed by a time-out', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal);
  bench.clock.forward(hour);
  await failRun(bench, royal, 'probe.timed-out');

  const open = await bench.stores.incidents.listOpen('slack:T1');
  expect(open.map((one) => [one.kind, one.problem.code])).toEqual([['token-refused', 'probe.token-refused']]);
});

test('replaces a failing sync by a refused token', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal, 'probe.unreadable');
  await bench.deliverAll();
  bench.clock.forward(hour);
  await failRun(bench, royal);
  await bench.deliverAll();

  expect(bench.chat.titlesAt('#casino')).toEqual([
    'Royal: its token is refused, see alert 2',
    'Royal has stopped: its token is refused (since Tue 08:10, 3 tries)',
  ]);
});

test('records nothing for a fault of our own', async () => {
  const { bench, royal } = await openRoyal();

  expect(await failRun(bench, royal, 'database.busy')).toBe('own-fault');
  expect(await failRun(bench, royal, 'own.no-network')).toBe('own-fault');
  expect(await bench.stores.incidents.listOpen('slack:T1')).toEqual([]);
});

test('reminds the owner once after a day and asks the admins once after two', async () => {
  const { bench, royal } = await openRoyal();
  await bench.stores.workspaces.setAdmin('slack:T1', { id: 'U9', name: 'Boss' }, true);
  await bench.stores.workspaces.setAdmin('slack:T1', { id: 'U1', name: 'Ann' }, false);
  await failRun(bench, royal);
  await bench.deliverAll();
  await pass(bench, day - minute);
  const beforeADay = bench.chat.posted.length;
  for (let hours = 0; hours < 96; hours += 1) await pass(bench, hour);

  expect(beforeADay).toBe(2);
  expect(bench.chat.calls).toEqual(['send #casino', 'send Ann', 'send Ann', 'send Boss']);
  expect(bench.chat.titlesAt('Ann')[1]).toMatch(/^Still open: Royal has stopped/);
  expect(bench.chat.titlesAt('Boss')).toEqual([
    'Nobody has acknowledged this: Royal has stopped: its token is refused (since Tue 07:10, 3 tries)',
  ]);
});

test('escalates at once, without a late reminder, after days of downtime', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal);
  await bench.deliverAll();
  await pass(bench, 5 * day);

  expect(bench.chat.titlesAt('Ann').slice(1)).toHaveLength(1);
  expect(bench.chat.titlesAt('Ann')[1]).toMatch(/^Nobody has acknowledged this/);
});

test('holds everything back in quiet hours, but not the check', async () => {
  const { bench, royal } = await openRoyal();
  await bench.stores.workspaces.change('slack:T1', {
    timeZone: 'Europe/Malta',
    quietFrom: '22:00',
    quietTo: '07:00',
  });
  bench.clock.set('2026-11-17T23:30:00.000Z');
  await failRun(bench, royal);
  await pass(bench, 6 * hour);
  const atNight = bench.chat.calls.length;
  bench.clock.set('2026-11-18T06:00:00.000Z');
  await bench.deliverAll();

  expect(atNight).toBe(0);
  expect((await bench.stores.incidents.listOpen('slack:T1'))[0]?.openedAt).toBe('2026-11-17T23:30:00.000Z');
  expect(bench.chat.titlesAt('#casino')).toEqual([
    'Royal has stopped: its token is refused (since Wed 00:30, 3 tries)',
  ]);
});

test('says only the recovery when it was mended within the quiet hours', async () => {
  const { bench, royal } = await openRoyal();
  await bench.stores.workspaces.change('slack:T1', { quietFrom: '22:00', quietTo: '07:00' });
  bench.clock.set('2026-11-17T23:30:00.000Z');
  await failRun(bench, royal);
  await pass(bench, hour);
  await goodRun(bench, royal.id);
  bench.clock.set('2026-11-18T07:00:00.000Z');
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino', 'send Ann']);
  expect(bench.chat.titlesAt('#casino')[0]).toMatch(/^Royal is back after 60 min/);
});

test('sends no direct message where they are off', async () => {
  const { bench, royal } = await openRoyal();
  await bench.stores.workspaces.change('slack:T1', { dmAlerts: false });
  await failRun(bench, royal);
  await bench.deliverAll();

  expect(bench.chat.calls).toEqual(['send #casino']);
  expect(bench.chat.posted[0]?.message.card.blocks[0]).toMatchObject({ text: 'alert 1 · open' });
});

test('names the owner in the channel, without figures, when direct messages are refused', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal);
  const { DeliveryError } = await import('../../src/delivery/outbox.js');
  bench.chat.onCall = () => {
    if (bench.chat.calls.at(-1) === 'send Ann') {
      bench.chat.faults.push({ error: new DeliveryError('permanent', 'cannot_send_to_user') });
    }
  };
  await bench.deliverAll();

  expect(bench.chat.titlesAt('#casino')[1]).toBe('Ann, please look at Royal: alert 1 is for you');
});

test('ends an alert when its offer is paused, and reminds nobody', async () => {
  const { bench, royal } = await openRoyal();
  await failRun(bench, royal);
  await bench.deliverAll();
  await bench.stores.offers.change(royal.id, { state: 'paused' });
  await pass(bench, 3 * day);

  expect(bench.chat.calls).toEqual(['send #casino', 'send Ann', 'edit #casino', 'edit Ann']);
  expect(bench.chat.titlesAt('#casino')).toEqual(['Royal is paused: nothing is read there']);
});

test('draws no buttons once it is mended', () => {
  const view = {
    name: 'Royal',
    offerNumber: 1,
    zone: 'UTC',
    now: '2026-11-17T07:10:00.000Z',
    told: ['Ann'],
    incident: {
      id: 1,
      workspace: 'slack:T1',
      number: 1,
      kind: 'token-refused' as const,
      subject: 'offer:1',
      offerId: 1,
      state: 'recovered' as const,
      problem: { code: 'probe.token-refused', what: 'Refused.', why: '', fix: [] },
      tries: 3,
      openedAt: '2026-11-17T07:10:00.000Z',
      lastSeenAt: '2026-11-17T07:10:00.000Z',
      recoveredAt: '2026-11-17T08:10:00.000Z',
      acknowledgedBy: null,
      snoozedUntil: null,
      toldAt: '2026-11-17T07:10:00.000Z',
      remindedAt: null,
      escalatedAt: null,
      receipt: { lastedMs: hour, days: ['2026-11-17'], changed: [] },
    },
  };

  const card = directCard(view);

  expect(card.title).toBe('Royal is back after 60 min: 1 day read again, FTD and NGR as before');
  expect(card.blocks.some((block) => block.type === 'actions')).toBe(false);
});
