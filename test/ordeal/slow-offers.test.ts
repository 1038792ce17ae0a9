import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { saveOffer } from '../../src/offers/save-offer.js';
import { platforms } from '../../src/platforms/index.js';
import { createWork } from '../../src/work.js';
import { type Programme, startProgramme } from '../sandbox/programme.js';
import { ann, type Bot, withBot } from '../support/with-bot.js';

const workers = 8;
const lookAgainMs = 20;

async function save(bot: Bot, { urls, issueToken }: Programme, names: readonly string[]): Promise<void> {
  const platform = platforms.find(({ id }) => id === 'affilka');
  if (!platform) throw new Error('no Affilka');
  for (const name of names) {
    await saveOffer(bot.tallyman.core, ann, {
      platform,
      access: { url: urls.affilkaReportUrl({ token: issueToken('affilka') }) },
      name,
      currency: null,
      channel: ann.channel,
      historyFrom: '2026-11-20',
    });
  }
}

function names(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
}

test('300 offers of a host that never answers do not keep ten good ones from being read', async () => {
  await withBot(async (bot) => {
    const { core } = bot.tallyman;
    const slow = await startProgramme({ now: bot.clock.now, address: '127.0.0.2', seed: 'slow' });
    slow.faults.set('hang');
    await core.stores.workspaces.ensure('terminal', 'terminal', 'T', ann.user, bot.clock.now());
    await save(bot, slow, names('Slow', 300));
    await save(bot, bot.programme, names('Good', 10));
    const work = createWork({ ...core, http: { get: (asked) => askEither(bot, slow, asked) } });

    let isOver = false;
    const lanes = Array.from({ length: workers }, async (_, index) => {
      const which = index % 2 === 0 ? 'any' : 'in good health';
      while (!isOver) {
        if (!(await work.runNext(which))) {
          await setTimeout(lookAgainMs);
          continue;
        }
        const offers = await core.stores.offers.list('terminal');
        isOver = offers.every(({ name, lastGoodSyncAt }) => name.startsWith('Slow') || lastGoodSyncAt);
      }
    });
    await Promise.race(lanes);
    const read = (await core.stores.offers.list('terminal')).filter((offer) => offer.lastGoodSyncAt !== null);
    await slow.close();
    await Promise.all(lanes);

    expect(read.map(({ name }) => name).sort()).toEqual(names('Good', 10).sort());
    expect(slow.requests.peak).toBeLessThanOrEqual(3);
  });
});

/** The slow host is a private one that nobody has opened: it is asked past the guard. */
async function askEither(
  bot: Bot,
  slow: Programme,
  asked: { readonly url: string },
): Promise<Awaited<ReturnType<Bot['tallyman']['core']['http']['get']>>> {
  if (!asked.url.startsWith(slow.origin)) return bot.tallyman.core.http.get(asked);
  const response = await fetch(asked.url);
  return { status: response.status, headers: {}, body: new Uint8Array(), loginRedirect: false };
}
