import { expect, test } from 'vitest';
import { syncOffer } from '../../src/sync/sync-offer.js';
import { type Bot, withBot } from '../support/with-bot.js';

const window = { from: '2026-11-01', to: '2026-11-19' };

async function addOffer(bot: Bot): Promise<number> {
  const url = bot.programme.urls.referonExportUrl({ currency: 'EUR' });
  await bot.type(`/offer add ${url} name:Royal from:2026-11-01 currency:EUR anyway:yes`);
  await bot.settle();
  const [offer] = await bot.tallyman.core.stores.offers.list('terminal');
  if (!offer) throw new Error('no offer');
  return offer.id;
}

async function sync({ tallyman, clock }: Bot, offerId: number) {
  clock.advance(3_600_000);
  const { core } = tallyman;
  const outcome = await syncOffer(core, { ...window, offerId, reason: 'manual', progress: null }, 0);
  return { outcome, rows: await core.stores.figures.rows(offerId, window.from, window.to) };
}

test('a file that was cut at the end of a line is refused, and nothing of it is stored', async () => {
  await withBot(async (bot) => {
    const offer = await addOffer(bot);
    const before = await sync(bot, offer);
    expect(before.rows.length).toBeGreaterThan(20);

    bot.programme.faults.set('cut-body', { next: 1, atLineEnd: true });
    const cut = await sync(bot, offer);

    expect(cut.outcome).toMatchObject({ kind: 'retry' });
    expect(cut.rows).toEqual(before.rows);
    const [run] = await bot.tallyman.core.stores.runs.latest(offer, 1);
    expect(run).toMatchObject({ state: 'failed', problemCode: 'probe.unreadable' });

    const after = await sync(bot, offer);
    expect(after.outcome).toMatchObject({ kind: 'good' });
    expect(after.rows).toHaveLength(before.rows.length);
  });
});

test('days that the programme has taken back are gone from the report for good, and it is read', async () => {
  await withBot(async (bot) => {
    const offer = await addOffer(bot);
    await sync(bot, offer);

    bot.programme.faults.set('cut-body', { atLineEnd: true });

    expect((await sync(bot, offer)).outcome).toMatchObject({ kind: 'good' });
  });
});
