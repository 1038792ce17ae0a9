import { expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import type { Offer } from '../../src/offers/offer.js';
import { type Bot, withBot } from '../support/with-bot.js';

async function onlyOffer(bot: Bot): Promise<Offer> {
  const [offer] = await bot.tallyman.core.stores.offers.list('terminal');
  if (!offer) throw new Error('no offer');
  return offer;
}

/** The last sync of the day is queued before midnight, and run after it. */
async function readLate(bot: Bot, midnight: string): Promise<void> {
  await bot.type(
    `/offer add ${bot.programme.urls.affilkaReportUrl({ currency: null, brands: ['17'] })} name:Bella from:2026-09-01`,
  );
  await bot.settle();
  await bot.passHours(2);
  for (let due = (await onlyOffer(bot)).nextSyncAt; due < midnight; due = (await onlyOffer(bot)).nextSyncAt) {
    bot.clock.set(due);
    await bot.tallyman.work.plan();
    if (addMilliseconds(due, 3_600_000) < midnight) await bot.settle();
    else break;
  }
  bot.clock.set(addMilliseconds(midnight, 1000));
  await bot.settle();
}

test.each([
  ['35 days', '2026-11-20T20:00:00.000Z', '2026-11-21T00:00:00.000Z', '2026-10-18'],
  ['the month before', '2026-12-01T20:00:00.000Z', '2026-12-02T00:00:00.000Z', '2026-10-29'],
])(
  'a short sync that was queued before midnight does not stand for %s of the new day',
  async (_, start, midnight, from) => {
    await withBot(
      async (bot) => {
        await readLate(bot, midnight);
        const late = await onlyOffer(bot);
        await bot.passHours(2);
        const { runs } = bot.tallyman.core.stores;
        const today = (await runs.latest(late.id, 10)).filter(({ startedAt }) => startedAt >= midnight);

        expect(late.lastGoodSyncAt).toBe(addMilliseconds(midnight, 1000));
        expect(late.lastMonthSync).not.toBe('2026-12');
        expect(today.map((run) => run.from)).toContain(from);
        expect((await onlyOffer(bot)).lastLongSyncDay).toBe(midnight.slice(0, 10));
      },
      { start },
    );
  },
);
