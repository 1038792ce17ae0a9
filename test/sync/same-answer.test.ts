import { expect, test, vi } from 'vitest';
import { addDays } from '../../src/dates.js';
import type { Offer } from '../../src/offers/offer.js';
import { affilka } from '../../src/platforms/affilka/affilka.js';
import { syncOffer } from '../../src/sync/sync-offer.js';
import { type Bot, withBot } from '../support/with-bot.js';

const window = { from: '2026-10-01', to: '2026-10-07' };
const start = '2026-10-11T09:12:00.000Z';
const onePage = { programme: { perPage: 1000 } };

async function addOffer(bot: Bot): Promise<Offer> {
  const { urls } = bot.programme;
  const link = urls.affilkaReportUrl({ currency: null, brands: ['17'] });
  const { card } = await bot.type(`/offer add ${link} name:Bella from:2026-10-01`);
  await bot.settle();
  const [offer] = await bot.tallyman.core.stores.offers.list('terminal');
  if (!offer) throw new Error(`no offer: ${card.title}`);
  return offer;
}

/** Syncs the window an hour later, and answers what the run stored. */
async function syncWindow(bot: Bot, offer: Offer) {
  bot.clock.advance(3_600_000);
  const { core } = bot.tallyman;
  const task = { ...window, offerId: offer.id, reason: 'manual', progress: null } as const;
  const outcome = await syncOffer(core, task, 0);
  const [run] = await core.stores.runs.latest(offer.id, 1);
  const days = await core.stores.figures.days(offer.id, window.from, window.to);
  const rows = await core.stores.figures.rows(offer.id, window.from, window.to);
  return { outcome, run, days, rows };
}

test('an answer that is the same to the byte is a good run that makes its open days fresh and changes nothing', async () => {
  await withBot(
    async (bot) => {
      const offer = await addOffer(bot);
      const first = await syncWindow(bot, offer);
      const parse = vi.spyOn(affilka, 'parse');

      const again = await syncWindow(bot, offer);

      expect(parse).not.toHaveBeenCalled();
      parse.mockRestore();
      expect(again.outcome).toMatchObject({ kind: 'good', result: { changes: 0, newDays: [] } });
      expect(again.run).toMatchObject({ state: 'good', changes: 0, pages: 1, rows: first.rows.length });
      expect(again.rows).toEqual(first.rows);
      // Six days were whole when they were read first; the last one may still have grown.
      expect(again.days.map((day) => day.readAt)).toEqual([...Array(6).fill(start), bot.clock.now()]);
      expect((await bot.tallyman.core.stores.offers.get(offer.id))?.lastGoodSyncAt).toBe(bot.clock.now());
    },
    { ...onePage, start },
  );
});

test('a figure that changed after an answer that was the same is read', async () => {
  await withBot(async (bot) => {
    const offer = await addOffer(bot);
    await syncWindow(bot, offer);
    await syncWindow(bot, offer);
    const now = bot.clock.now();
    bot.programme.books.restate('2026-10-03', '17', '3610', 'EUR', { ngr: '12.34' }, now);

    const { outcome, rows } = await syncWindow(bot, offer);

    expect(outcome).toMatchObject({ kind: 'good', result: { daysChanged: 1 } });
    expect(rows.some((row) => row.day === '2026-10-03' && row.figures.ngr === 123_400n)).toBe(true);
  }, onePage);
});

test('days that another run has touched since are compared again', async () => {
  await withBot(async (bot) => {
    const offer = await addOffer(bot);
    await syncWindow(bot, offer);
    const { books } = bot.programme;
    const now = bot.clock.now();
    const before = books.row('2026-10-07', '17', '3610', 'EUR', now)?.figures;
    if (!before) throw new Error('no row');
    books.restate('2026-10-07', '17', '3610', 'EUR', { ngr: '12.34' }, now);
    const task = { from: '2026-10-07', to: addDays(window.to, 1), offerId: offer.id } as const;
    await syncOffer(bot.tallyman.core, { ...task, reason: 'manual', progress: null }, 0);
    books.set('2026-10-07', '17', '3610', 'EUR', before);

    const { outcome, rows } = await syncWindow(bot, offer);

    expect(outcome).toMatchObject({ kind: 'good', result: { daysChanged: 1 } });
    expect(rows.some((row) => row.figures.ngr === 123_400n)).toBe(false);
  }, onePage);
});

test('an incident ends with an answer that is the same as before it', async () => {
  await withBot(async (bot) => {
    const offer = await addOffer(bot);
    await syncWindow(bot, offer);
    const { stores } = bot.tallyman.core;
    bot.programme.faults.set('status-401');
    await syncWindow(bot, offer);
    expect(await stores.incidents.openFor(offer.id)).toHaveLength(1);
    bot.programme.faults.clear();

    await syncWindow(bot, offer);

    expect(await stores.incidents.openFor(offer.id)).toEqual([]);
  }, onePage);
});
