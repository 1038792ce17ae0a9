import { expect, test } from 'vitest';
import { report } from '../../commands/report.js';
import type { Stores } from '../../src/ports.js';
import { caller, charts, problemOf, runCommand, tables, testCore, texts } from '../digest/core.js';
import { euro, newOffer, now, read, thursday } from '../digest/history.js';
import { openTestStores } from '../support/sqlite.js';

/** Lucky Star in #casino, Nord in #nordic owned by Nina; two days each, Thursday missing for Nord. */
async function twoOffers(stores: Stores) {
  const lucky = await newOffer(stores, 'Lucky Star');
  const nord = await newOffer(stores, 'Nord', {
    channelId: 'C2',
    channelName: '#nordic',
    ownerId: 'U9',
    ownerName: 'Nina',
  });
  for (const [day, morning] of [
    ['2026-11-18', '2026-11-20'],
    [thursday, '2026-11-20'],
  ] as const) {
    await read(stores, lucky, morning, day, { clicks: 100, ftds: 4, ngr: euro(1000.5) });
  }
  await read(stores, nord, '2026-11-20', '2026-11-18', { ftds: 9, ngr: euro(-20) });
}

async function run(options: Record<string, string>, asking = caller()) {
  const stores = await openTestStores();
  await twoOffers(stores);
  const core = testCore(stores, now);
  const answer = await runCommand(report, core, asking, options);
  return { ...answer, stores };
}

const admin = caller({ user: { id: 'U1', name: 'Ann' } });

test('shows the offers of the channel, a total for each currency, and coverage on every line', async () => {
  const { card } = await run({ range: '7d', by: 'day', metrics: 'clicks,ftds,ngr,deposits' });

  expect(card.title).toBe('13–19 Nov · Lucky Star');
  const [table] = tables(card);
  expect(table?.columns.map((column) => column.label)).toEqual([
    'Day',
    'Currency',
    'Clicks',
    'FTD',
    'Deposits',
    'NGR',
    'Coverage',
  ]);
  expect(table?.rows.slice(-3)).toEqual([
    ['Wed 18 Nov', 'EUR', '100', '4', 'n/a', '1,000.50', 'reported'],
    ['Thu 19 Nov', 'EUR', '100', '4', 'n/a', '1,000.50', 'reported · not complete'],
    ['Total', 'EUR', '200', '8', 'n/a', '2,001.00', '2 of 7 days'],
  ]);
  expect(table?.rows[0]).toEqual(['Fri 13 Nov', '', 'n/a', 'n/a', 'n/a', 'n/a', 'absent']);
  expect(table?.more).toBe('/report 7d by:day metrics:clicks,ftds,ngr,deposits as:csv');
});

test('admins see every offer, best first', async () => {
  const { card } = await run({ range: '2026-11-18..2026-11-19', by: 'offer', metrics: 'ftds' }, admin);

  expect(tables(card)[0]?.rows).toEqual([
    ['Nord', 'EUR', '9', '1 of 2 days · not complete'],
    ['Lucky Star', 'EUR', '8', '2 of 2 days · not complete'],
    ['Total', 'EUR', '17', '1 of 2 days'],
  ]);
});

test('an owner sees their own offer from anywhere, nobody else from elsewhere, guests nothing', async () => {
  const elsewhere = { channel: { id: 'C7', name: '#random' } };

  const owner = await run({ range: '7d' }, caller({ user: { id: 'U9', name: 'Nina' }, ...elsewhere }));
  const stranger = await run({ range: '7d' }, caller(elsewhere));
  const guest = await run({ range: '7d' }, caller({ isGuest: true, isSurfaceAdmin: true }));

  expect(owner.card.title).toContain('Nord');
  expect(stranger.card.title).toBe('Nothing to report yet');
  expect(guest.card.title).toBe('Nothing to report yet');
});

test('an offer of another channel is answered like one that does not exist', async () => {
  expect(await problemOf(run({ range: '7d', offer: 'Nord' }))).toBe('report.offer-not-here');
  expect(await problemOf(run({ range: '7d', offer: 'Nobody' }))).toBe('report.offer-not-here');
});

test('another workspace sees nothing', async () => {
  const { card } = await run({ range: '7d' }, caller({ workspace: 'slack:T2', isSurfaceAdmin: true }));

  expect(card.title).toBe('Nothing to report yet');
});

test('by:day as a file is the full grain', async () => {
  const { files } = await run({ range: 'yesterday', by: 'day', as: 'csv' });

  const [file] = files ?? [];
  expect(file?.name).toBe('tallyman-2026-11-19-2026-11-19.csv');
  expect(new TextDecoder().decode(file?.content)).toBe(
    'date,offer,brand,campaign,currency,clicks,registrations,ftds,ftd_amount,deposits,ngr,commission,depositors,prequalified,qualified,cpa_income,state\n' +
      '2026-11-19,Lucky Star,Lucky,Main,EUR,100,,4,,,1000.50,,,,,,provisional\n',
  );
});

test('a chart leaves gaps for absent days and says the figures in words', async () => {
  const { card } = await run({ range: '3d', as: 'chart' });

  const [block] = charts(card);
  expect(block?.chart.bars.values).toEqual([null, 4, 4]);
  expect(block?.chart.line.values).toEqual([null, 1000.5, 1000.5]);
  expect(block?.alt).toContain('2 of 3 days reported. FTD 8 in all');
});

test('days that nobody has reported are not drawn as an empty chart', async () => {
  const { card } = await run({ range: '2026-11-02', as: 'chart' });

  expect(charts(card)).toEqual([]);
  expect(texts(card)).toContain('This is not a zero.');
});

test('sharing posts the offers of this channel alone, even when an admin asks', async () => {
  const { card, stores } = await run({ range: '7d', by: 'offer', as: 'csv', share: 'true' }, admin);

  const row = await stores.outbox.claim(now);
  expect(card.title).toBe('Shared in #casino');
  expect(row?.target).toEqual({ kind: 'channel', id: 'C1', name: '#casino' });
  expect(row?.card.title).toBe('13–19 Nov · Lucky Star · asked for by Ann');
  const file = Buffer.from(row?.files[0]?.base64 ?? '', 'base64').toString();
  expect(file).toContain('Lucky Star');
  expect(file).not.toContain('Nord');
});

test('a report without any offer of this channel is not shared', async () => {
  const asking = caller({ user: { id: 'U1', name: 'Ann' }, channel: { id: 'C7', name: '#random' } });

  expect(await problemOf(run({ range: '7d', share: 'true' }, asking))).toBe('report.nothing-to-share');
});

test('nothing is posted without share', async () => {
  const { stores } = await run({ range: '7d' });

  expect(await stores.outbox.nextDue()).toBeNull();
});

test('sums of distinct players over days are called what they are', async () => {
  const { card } = await run({ range: '7d', by: 'offer', metrics: 'depositors' });

  expect(tables(card)[0]?.columns.map((column) => column.label)).toContain('Depositors (player-days)');
});

test('a wrong word is told even where there is nothing to report', async () => {
  const elsewhere = caller({ channel: { id: 'C7', name: '#random' } });

  expect(await problemOf(run({ by: 'country' }, elsewhere))).toBe('report.group-unknown');
  expect(await problemOf(run({ metrics: 'profit' }, elsewhere))).toBe('report.metric-unknown');
});
