import { expect, test } from 'vitest';
import type { Offer } from '../../src/offers/offer.js';
import type { Core, Stores } from '../../src/ports.js';
import { queueSync } from '../../src/sync/queue-sync.js';
import { createWork } from '../../src/work.js';
import { type Bot, withBot } from '../support/with-bot.js';

const windows = ['2026-11-01', '2026-11-02'].map((day) => ({ from: day, to: day }));

/** Two windows of one offer, one after the other in one lane, are due. */
async function queueTwo(bot: Bot): Promise<{ core: Core; stores: Stores; offer: Offer; before: number }> {
  const { core } = bot.tallyman;
  await bot.type(
    `/offer add ${bot.programme.urls.affilkaReportUrl({ currency: null, brands: ['17'] })} name:Bella from:2026-11-01`,
  );
  await bot.settle();
  const [offer] = await core.stores.offers.list('terminal');
  if (!offer) throw new Error('no offer');
  for (const window of windows) await queueSync(core.stores, offer, window, 'manual', bot.clock.now());
  return { core, stores: core.stores, offer, before: await countRuns(core.stores, offer) };
}

async function countRuns(stores: Stores, offer: Offer): Promise<number> {
  return (await stores.runs.latest(offer.id, 1000)).length;
}

test('what stores a good reading takes the next job, whose turn it is at once', async () => {
  await withBot(async (bot) => {
    const { core, stores, offer, before } = await queueTwo(bot);

    expect(await createWork(core).runNext('any', () => true)).toBe(true);

    const [last, first] = await stores.runs.latest(offer.id, 2);
    expect([first?.from, last?.from]).toEqual(['2026-11-01', '2026-11-02']);
    expect(await countRuns(stores, offer)).toBe(before + 2);
    expect((await stores.backlog.measure()).jobsWaiting).toBe(0);
  });
});

test('a worker that stops meanwhile gives the job back that it took', async () => {
  await withBot(async (bot) => {
    const { core, stores, offer, before } = await queueTwo(bot);
    let asked = 0;
    const untilTaken = () => {
      asked += 1;
      return asked === 1;
    };

    await createWork(core).runNext('any', untilTaken);

    expect(await countRuns(stores, offer)).toBe(before + 1);
    expect(await stores.jobs.nextDue()).toBe(bot.clock.now());
  });
});

test('a reading that cannot be stored takes no job with it', async () => {
  await withBot(async (bot) => {
    const { core, stores, offer, before } = await queueTwo(bot);
    const brokenAtItsEnd: Stores['transaction'] = (work, durability) =>
      stores.transaction(async (inside) => {
        await work(inside);
        throw new Error('the disk broke');
      }, durability);

    await createWork({ ...core, stores: { ...stores, transaction: brokenAtItsEnd } }).runNext(
      'any',
      () => true,
    );

    expect(await countRuns(stores, offer)).toBe(before + 1);
    expect((await stores.runs.latest(offer.id, 1))[0]).toMatchObject({
      state: 'failed',
      problemCode: 'own.unexpected',
    });
    await createWork(core).runNext();
    expect((await stores.runs.latest(offer.id, 1))[0]).toMatchObject({ state: 'good', from: '2026-11-02' });
  });
});
