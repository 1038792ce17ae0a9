import { expect, test } from 'vitest';
import { parseAllowList } from '../../adapters/http/allow-list.js';
import { createHttpClient } from '../../adapters/http/guarded-client.js';
import { createWork } from '../../src/work.js';
import { type Bot, withBot } from '../support/with-bot.js';

const hour = 3_600_000;

async function addOffers(bot: Bot, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const token = bot.programme.issueToken('affilka');
    const url = bot.programme.urls.affilkaReportUrl({ token });
    const reply = await bot.type(`/offer add ${url} name:"Offer ${number}" from:2026-11-10 anyway:yes`);
    expect(reply.ok).toBe(true);
  }
  await bot.settle();
}

/** The same bot on a machine whose network is down: no connection can be opened. */
function withoutNetwork({ tallyman, programme }: Bot) {
  const http = createHttpClient({
    allow: parseAllowList(programme.host),
    dial: (_options, done) => {
      done(Object.assign(new Error('connect ENETUNREACH'), { code: 'ENETUNREACH' }), null);
    },
  });
  return { work: createWork({ ...tallyman.core, http }), close: () => http.close() };
}

test('no offer is blamed while our own network is down, and none for the first fault after it', async () => {
  await withBot(async (bot) => {
    await addOffers(bot, 4);
    const { incidents, offers } = bot.tallyman.core.stores;
    const said = bot.said.length;
    const asked = bot.programme.requests.total;
    const cut = withoutNetwork(bot);

    for (let passed = 0; passed < 6; passed += 1) {
      bot.clock.advance(hour);
      await cut.work.plan();
      await cut.work.settle();
    }
    await cut.close();

    expect(bot.programme.requests.total).toBe(asked);
    expect(await incidents.latest('terminal', 10)).toEqual([]);
    expect(bot.said.length).toBe(said);

    bot.programme.faults.set('status-500', { next: 4 });
    await bot.passHours(1);
    bot.clock.advance(2 * 60_000);
    await bot.settle();

    expect(await incidents.latest('terminal', 10)).toEqual([]);
    for (const offer of await offers.list('terminal')) {
      expect(
        offer.lastGoodSyncAt && Date.parse(bot.clock.now()) - Date.parse(offer.lastGoodSyncAt),
      ).toBeLessThan(hour);
    }
  });
});

test('asks nobody earlier than told in a storm of 429, and tells of it at most twice', async () => {
  await withBot(async (bot) => {
    await addOffers(bot, 4);
    const said = bot.said.length;
    bot.programme.requests.clear();
    bot.programme.faults.set('status-429', { retryAfter: 1800 });

    for (let minutes = 0; minutes < 300; minutes += 15) {
      bot.clock.advance(15 * 60_000);
      await bot.tallyman.work.plan();
      await bot.settle();
    }

    const last = new Map<string, number>();
    for (const { token, at } of bot.programme.requests.entries) {
      const before = last.get(token);
      if (before !== undefined) expect(Date.parse(at) - before).toBeGreaterThanOrEqual(1800_000);
      last.set(token, Date.parse(at));
    }
    expect(last.size).toBe(4);
    expect(bot.said.slice(said).filter(({ kind }) => kind === 'channel').length).toBeLessThanOrEqual(2);

    bot.programme.faults.clear();
    await bot.passHours(3);
    expect(await bot.tallyman.core.stores.incidents.listOpen('terminal')).toEqual([]);
    expect(bot.said.slice(said).filter(({ kind }) => kind === 'channel').length).toBeLessThanOrEqual(2);
  });
});
