import { expect, test } from 'vitest';
import type { DrawnCard } from '../../src/card.js';
import type { Instant } from '../../src/dates.js';
import { asBookRows } from '../sandbox/expected-rows.js';
import { type Bot, cardText, type Said, withBot } from '../support/with-bot.js';

const royal = { brands: ['12'] };

async function addRoyal(bot: Bot): Promise<string> {
  const url = bot.programme.urls.affilkaReportUrl(royal);
  expect((await bot.type(`/offer add ${url} name:Royal`)).ok).toBe(true);
  await bot.settle();
  return url;
}

function about(said: readonly Said[], kind: Said['kind'], words: RegExp): Said[] {
  return said.filter((one) => one.kind === kind && one.history.some((card) => words.test(card.title)));
}

function labels(card: DrawnCard | undefined): string[] {
  return (card?.blocks ?? []).flatMap((block) =>
    block.type === 'actions' ? block.actions.map((action) => action.label) : [],
  );
}

/** FTD and NGR in cents of the books for 18–21 November, converted at the rates of a day. */
function sumAt(bot: Bot, url: string, now: Instant): { ftds: number; cents: bigint } {
  const window = { from: '2026-11-18', to: '2026-11-21', now, ratesDay: now.slice(0, 10) };
  let [ftds, cents] = [0, 0n];
  for (const { figures } of bot.programme.expectedRows(url, window)) {
    ftds += figures.ftds ?? 0;
    cents += BigInt((figures.ngr ?? '0').replace('.', ''));
  }
  return { ftds, cents };
}

function signed(cents: bigint): string {
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${cents < 0n ? '−' : '+'}${whole}.${text.slice(-2)}`;
}

async function expectStoredIsBooks(bot: Bot, url: string, from: string, to: string): Promise<void> {
  const [offer] = await bot.tallyman.core.stores.offers.list('terminal');
  const stored = await bot.tallyman.core.stores.figures.rows(offer?.id ?? 0, from, to);
  const now = bot.clock.now();
  expect(asBookRows(stored)).toEqual(
    bot.programme.expectedRows(url, { from, to, now, ratesDay: now.slice(0, 10) }),
  );
}

test('a token that dies is told once, asked about rarely, renewed, and its days come back', async () => {
  await withBot(async (bot) => {
    const { programme } = bot;
    const url = await addRoyal(bot);
    const lastGood = bot.clock.now();
    const before = bot.said.length;
    programme.expireToken(programme.tokens.affilka);
    programme.requests.clear();

    await bot.passHours(24);

    const requests = programme.requests.total;
    console.log(`a dead token was asked ${requests} times in 24 hours`);
    expect(requests).toBe(2);
    expect(bot.said.slice(before).map((one) => `${one.kind} ${one.to}`)).toEqual([
      'channel #casino',
      'user Ann',
    ]);
    const [channel] = about(bot.said, 'channel', /Royal has stopped: its token is refused/);
    const [direct] = about(bot.said, 'user', /Royal has stopped: its token is refused/);
    expect(channel && labels(channel.card)).toEqual([]);
    expect(labels(direct?.card)).toEqual(['Replace URL', 'Retry now', 'Acknowledge', 'Snooze']);
    expect(cardText(direct?.card ?? { title: '', tone: 'bad', blocks: [] })).toContain('/offer renew');

    const token = programme.issueToken();
    const strange = await bot.type(
      `/offer renew Royal ${programme.urls.affilkaReportUrl({ token, brands: ['14'] })}`,
    );
    expect(strange.card.title).toBe('Not renewed yet: is this the same account as Royal?');
    expect(cardText(strange.card)).toContain('Until now it had Lucky Star; the new report has Café Royal');
    const renewedUrl = programme.urls.affilkaReportUrl({ ...royal, token });
    const renewed = await bot.type(`/offer renew Royal ${renewedUrl}`);
    expect(renewed.card.title).toMatch(/^Royal is renewed/);
    await bot.settle();

    // Days 18 to 20 were last read before it died, with the rates of that day; the 21st is new.
    const [then, now] = [sumAt(bot, url, lastGood), sumAt(bot, renewedUrl, bot.clock.now())];
    const changed = `FTD +${now.ftds - then.ftds}, NGR ${signed(now.cents - then.cents)} EUR`;
    console.log(`the receipt says ${changed}, and so do the books`);
    const title = `Royal is back after 23 h: 4 days read again, ${changed} since it stopped`;
    expect([channel?.card.title, direct?.card.title]).toEqual([title, title]);
    expect([channel?.history.length, direct?.history.length]).toEqual([2, 2]);
    expect(bot.said).toHaveLength(before + 2);

    programme.requests.clear();
    await bot.passHours(24);
    expect(programme.requests.total).toBeGreaterThanOrEqual(23);
    expect(bot.said).toHaveLength(before + 2);
    await expectStoredIsBooks(bot, renewedUrl, '2026-11-21', '2026-11-22');
  });
});

test('a paused offer is left alone, and resuming reads what was missed', async () => {
  await withBot(async (bot) => {
    const url = await addRoyal(bot);
    expect((await bot.type('/offer pause Royal')).ok).toBe(true);
    bot.programme.requests.clear();
    await bot.passHours(50);
    expect(bot.programme.requests.total).toBe(0);
    expect((await bot.type('/offer resume Royal')).ok).toBe(true);
    await bot.settle();
    await expectStoredIsBooks(bot, url, '2026-11-18', '2026-11-22');
  });
});

test('an offer that is removed while its token is refused takes its alert with it', async () => {
  await withBot(async (bot) => {
    await addRoyal(bot);
    bot.programme.expireToken(bot.programme.tokens.affilka);
    await bot.passHours(3);
    const asked = await bot.type('/offer remove Royal');
    expect((await bot.press(asked.card, 'Remove it')).card.title).toBe('Royal is removed');
    const said = bot.said.length;
    bot.programme.requests.clear();
    await bot.passHours(60);
    expect(bot.programme.requests.total).toBe(0);
    expect(bot.said).toHaveLength(said);
    expect((await bot.type('/alert list')).card.title).toBe('Nothing is wrong: no alert is open');
    expect((await bot.type('/offer list')).card.title).not.toContain('Royal');
  });
});

test('one token is never asked twice at a time, and one host never more than four times', async () => {
  await withBot(
    async (bot) => {
      const { programme } = bot;
      const shared = ['12', '14'].map((brand) => programme.urls.affilkaReportUrl({ brands: [brand] }));
      const own = Array.from({ length: 7 }, () =>
        programme.urls.affilkaReportUrl({ token: programme.issueToken(), ...royal }),
      );
      for (const url of [...shared, ...own]) expect((await bot.type(`/offer add ${url}`)).ok).toBe(true);
      programme.requests.clear();
      programme.setLatency(15);
      const check = bot.type(`/offer check ${shared[0]}`);
      await Promise.all([bot.settle(), check]);
      const { total, peak, peakPerToken } = programme.requests;
      console.log(`${total} requests: at most ${peak} at a time, ${peakPerToken} for one token`);
      expect(total).toBeGreaterThan(20);
      expect(peak).toBeLessThanOrEqual(4);
      expect(peak).toBeGreaterThan(1);
      expect(peakPerToken).toBe(1);
    },
    // A server that takes any number at a time: only the bot's own manners hold it back.
    { programme: { simultaneousPerToken: 100 } },
  );
});
