import { expect, test } from 'vitest';
import { digestList } from '../../commands/digest/list.js';
import { digestNowCommand } from '../../commands/digest/now.js';
import { digestSchedule } from '../../commands/digest/schedule.js';
import { digestStop } from '../../commands/digest/stop.js';
import { openTestStores } from '../support/sqlite.js';
import { caller, fact, problemOf, runCommand, tables, testCore, texts } from './core.js';
import { newOffer, now, read, thursday } from './history.js';

async function withOffer() {
  const stores = await openTestStores();
  const lucky = await newOffer(stores, 'Lucky Star');
  await read(stores, lucky, '2026-11-20', thursday, { ftds: 4 });
  return { stores, core: testCore(stores, now) };
}

test('a digest is planned for this channel, listed and stopped', async () => {
  const { core, stores } = await withOffer();

  const planned = await runCommand(digestSchedule, core, caller(), { at: '09:00', tz: 'europe/malta' });
  const listed = await runCommand(digestList, core, caller());
  const stopped = await runCommand(digestStop, core, caller());

  expect(planned.card.title).toBe('Planned: a digest in #casino every day at 09:00');
  // It is nine in the morning in Malta right now: today's has passed.
  expect(fact(planned.card, 'First')).toBe('Sat 09:00 (Europe/Malta)');
  expect(tables(listed.card)[0]?.rows).toEqual([
    ['#casino', 'every day at 09:00', 'Europe/Malta', 'Sat 09:00'],
  ]);
  expect(stopped.card.title).toBe('Stopped: no more digest in #casino every day at 09:00');
  expect(await stores.digests.schedules('slack:T1')).toEqual([]);
});

test('planning again replaces the digest of the same rhythm', async () => {
  const { core, stores } = await withOffer();

  await runCommand(digestSchedule, core, caller(), { at: '09:00', tz: 'Europe/Malta' });
  await runCommand(digestSchedule, core, caller(), { at: '10:30', tz: 'Asia/Kathmandu' });

  expect(await stores.digests.schedules('slack:T1')).toMatchObject([
    { at: '10:30', timeZone: 'Asia/Kathmandu', every: 'day' },
  ]);
});

test('a digest for a channel without offers is planned with a warning', async () => {
  const { core } = await withOffer();
  const asking = caller({ channel: { id: 'C7', name: '#random' } });

  const { card } = await runCommand(digestSchedule, core, asking, { at: '09:00', tz: 'UTC', every: 'week' });

  expect(card.tone).toBe('warning');
  expect(texts(card)).toContain('no offer belongs to #random');
  expect(fact(card, 'First')).toBe('Mon 09:00 (UTC)');
});

test('only admins plan or stop digests of other channels', async () => {
  const { core } = await withOffer();
  const options = { at: '09:00', tz: 'UTC', channel: '<#C9|money>' };
  const admin = caller({ user: { id: 'U1', name: 'Ann' } });

  expect(await problemOf(runCommand(digestSchedule, core, caller(), options))).toBe('digest.other-channel');
  const { card } = await runCommand(digestSchedule, core, admin, options);
  expect(card.title).toBe('Planned: a digest in #money every day at 09:00');
  expect(await problemOf(runCommand(digestStop, core, caller(), { channel: '<#C9|money>' }))).toBe(
    'digest.other-channel',
  );
  expect(tables((await runCommand(digestList, core, caller())).card)).toEqual([]);
});

test('a zone that does not exist, or is a bare offset, is refused', async () => {
  const { core } = await withOffer();

  for (const tz of ['Malta/Europe', '+02:00', ' '])
    expect(await problemOf(runCommand(digestSchedule, core, caller(), { at: '09:00', tz }))).toBe(
      'digest.zone-unknown',
    );
});

test('where a channel has several digests, stopping asks which', async () => {
  const { core } = await withOffer();
  for (const every of ['day', 'week']) {
    await runCommand(digestSchedule, core, caller(), { at: '09:00', tz: 'UTC', every });
  }

  expect(await problemOf(runCommand(digestStop, core, caller()))).toBe('digest.several-schedules');
  const { card } = await runCommand(digestStop, core, caller(), { every: 'week' });
  expect(card.title).toBe('Stopped: no more digest in #casino every Monday at 09:00');
  expect(await problemOf(runCommand(digestStop, core, caller(), { every: 'month' }))).toBe(
    'digest.no-schedule',
  );
});

test('a digest right now tells the day of the zone, of the offers of this channel', async () => {
  const { core, stores } = await withOffer();
  await newOffer(stores, 'Elsewhere', { channelId: 'C9' });
  const admin = caller({ user: { id: 'U1', name: 'Ann' } });

  const { card } = await runCommand(digestNowCommand, core, admin);
  const week = await runCommand(digestNowCommand, core, admin, { range: '7d' });

  expect(card.title).toBe('Thu 19 Nov · 1 of 1 offer in · 1 still filling up');
  expect(week.card.title).toBe('13–19 Nov · 0 of 1 offer in · 1 in part · 1 still filling up');
  expect(await problemOf(runCommand(digestNowCommand, core, admin, { range: 'noon' }))).toBe(
    'report.range-unknown',
  );
});

test('a stranger to the channel is told nothing of its offers', async () => {
  const { core } = await withOffer();

  const { card } = await runCommand(
    digestNowCommand,
    core,
    caller({ channel: { id: 'C7', name: '#random' } }),
  );

  expect(card.title).toBe('Thu 19 Nov · no offer in #random');
});
