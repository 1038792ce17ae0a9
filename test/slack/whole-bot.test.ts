import { describe, expect, test } from 'vitest';
import { renderCard } from '../../adapters/slack/render.js';
import { commands } from '../../commands/index.js';
import type { Surface } from '../../src/access/workspace.js';
import type { DrawnCard } from '../../src/card.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import type { Dispatch, Prepared, Reply } from '../../src/dispatch.js';
import { type Bot, withBot } from '../support/with-bot.js';
import { readMessage } from './server/read-blocks.js';
import { startSlackServer } from './server/start-slack-server.js';
import type { Json } from './server/state.js';
import { type SlackDriver, startDriver } from './slack-driver.js';
import { furnish } from './with-slack.js';

/** The whole bot with a Slack beside its terminal, both on one database and one programme. */
async function withBoth(
  work: (bot: Bot, driver: SlackDriver, replies: readonly Reply[]) => Promise<void>,
): Promise<void> {
  await withBot(async (bot) => {
    const server = await startSlackServer();
    furnish(server);
    server.state.now = () => Date.parse(bot.clock.now());
    const { core, dispatch } = bot.tallyman;
    const { stores, vault } = core;
    const replies: Reply[] = [];
    const driver = await startDriver(recording(dispatch, replies), {
      server,
      stores,
      vault,
      clock: bot.clock,
      offerRooms: async (workspace) => (await stores.offers.list(workspace)).map((offer) => offer.channelId),
    });
    (core.messengers as Map<Surface, Messenger>).set('slack', driver.messenger);
    await work(bot, driver, replies);
    // The database closes next: nothing may still be writing.
    await driver.slack.stop();
  });
}

/** The dispatch, with what it answered kept in order. */
function recording(dispatch: Dispatch, replies: Reply[]): Dispatch {
  const kept = (prepared: Prepared): Prepared => {
    if (prepared.kind === 'form') return prepared;
    const run: typeof prepared.run = async (progress) => {
      const reply = await prepared.run(progress);
      replies.push(reply);
      return reply;
    };
    return { ...prepared, run };
  };
  return {
    ...dispatch,
    prepare: async (...given) => kept(await dispatch.prepare(...given)),
    prepareLine: async (...given) => kept(await dispatch.prepareLine(...given)),
    press: async (...given) => kept(await dispatch.press(...given)),
    submit: async (...given) => kept(await dispatch.submit(...given)),
  };
}

/** What two answers share that were given in two workspaces: not their ids, times and numbers. */
function shapeOf({ card, files, ok, private: isPrivate }: Reply) {
  const labels = card.blocks.flatMap((block) => (block.type === 'actions' ? block.actions : []));
  return {
    title: card.title,
    tone: card.tone,
    blocks: card.blocks.map(({ type }) => type),
    problems: card.problems,
    buttons: labels.map(({ label }) => label),
    files: files.map(({ name }) => name),
    ok,
    isPrivate,
  };
}

function inSlack(card: DrawnCard): string {
  const charts = [...card.blocks, ...(card.details ?? [])].flatMap((block) => {
    return block.type === 'chart' ? [block.chart] : [];
  });
  const { text, blocks } = renderCard(card, { images: new Map(charts.map((chart) => [chart, 'F1'])) });
  return readMessage({ text, blocks: blocks as unknown as Json[] });
}

/** Every command once, in an order in which it has something to say. */
function lines(url: string, faulty: string): string[] {
  return [
    `/offer check ${faulty}`,
    `/offer check ${url}`,
    `/offer add ${url} name:"Lucky Star" anyway:yes`,
    '/offer list',
    '/offer show "Lucky Star"',
    '/offer edit 1 name:"Bella"',
    '/offer pause Bella',
    '/offer resume Bella',
    `/offer renew Bella ${url}`,
    '/offer sync Bella',
    '/offer export',
    '/offer import https://nowhere.test/a',
    '/digest now',
    '/digest schedule at:09:00 tz:Europe/Malta',
    '/digest list',
    '/digest stop',
    '/report range:7d',
    '/alert list',
    '/alert ack 1',
    '/alert snooze 1 for:4h',
    '/alert settings',
    '/alert test',
    '/postback check https://track.test/postback?clickid={clickid}',
    '/offer remove Bella',
    '/offer help',
    '/offer shwo',
  ];
}

describe('the whole bot in Slack', () => {
  test('answers each command as in the terminal', async () => {
    await withBoth(async (bot, driver, replies) => {
      const url = bot.programme.urls.affilkaReportUrl();
      const faulty = bot.programme.urls.affilkaReportUrl({ page: 3, groups: ['day'] });
      const script = lines(url, faulty);
      const typed = new Set(script.map((line) => line.slice(1)));
      const missing = commands.filter(({ name }) => ![...typed].some((line) => line.startsWith(name)));
      expect(missing.map(({ name }) => name)).toEqual([]);

      for (const line of script) {
        const reply = await bot.type(line);
        await driver.type(line);
        await bot.settle();
        const given = replies.at(-1);
        if (!given) throw new Error(`no answer to ${line}`);
        expect(shapeOf(given), line).toEqual(shapeOf(reply));
        expect(driver.privately(), line).toContain(inSlack(given.card));
      }
      expect(replies).toHaveLength(script.length);
    });
  }, 60_000);

  test('a form, its faults, one press, the back-fill in the channel, and no token anywhere', async () => {
    await withBoth(async (bot, driver) => {
      const faulty = bot.programme.urls.affilkaReportUrl({ page: 3 });
      await driver.type('/offer add', 'bob');
      expect(driver.form('bob')?.title).toBe('Offer add');

      await driver.submit({ url: faulty, name: 'Lucky Star' }, 'bob');
      expect(driver.privately('bob').at(-1)).toContain('affilka.page-not-one');
      await driver.press('Fix these and go on', 'bob');
      await driver.press('Add it as it is', 'bob');
      await bot.settle();

      expect(
        driver
          .publicly()
          .map(({ text }) => text)
          .join('\n'),
      ).toContain('Lucky Star');
      const said = JSON.stringify([
        driver.server.state.messages,
        driver.server.state.whispers,
        driver.log.lines,
        [...driver.server.state.homes],
      ]);
      expect(said).not.toContain(bot.programme.tokens.affilka);
      expect(said).not.toContain(encodeURIComponent(faulty));
    });
  }, 60_000);

  test('an incident is one message that is edited as it mends, with the steps in a direct message to the owner', async () => {
    await withBoth(async (bot, driver) => {
      const { urls, tokens, expireToken } = bot.programme;
      await driver.type(`/offer add ${urls.affilkaReportUrl()} name:Royal anyway:yes`, 'bob');
      await bot.settle();
      expireToken(tokens.affilka);
      await bot.passHours(3);

      const incident = driver.publicly().filter(({ text }) => /Royal.*refused/.test(text));
      expect(incident).toHaveLength(1);
      const direct = driver.privately('bob').join('\n');
      expect(direct).toContain('[Replace URL]');
      expect(driver.privately('ann').join('\n')).not.toContain('[Replace URL]');

      await driver.press('Replace URL', 'bob');
      await driver.submit({ url: urls.affilkaReportUrl({ token: bot.programme.issueToken() }) }, 'bob');
      await bot.settle();
      await bot.passHours(2);

      const mended = driver.publicly().filter(({ id }) => id === incident[0]?.id);
      expect(mended).toHaveLength(1);
      expect(mended[0]?.text).toMatch(/Royal is back/);
      expect(driver.publicly().filter(({ text }) => /Royal.*refused/.test(text))).toEqual([]);
    });
  }, 60_000);

  test('a guest is shown nothing', async () => {
    await withBoth(async (bot, driver) => {
      await driver.type(`/offer add ${bot.programme.urls.affilkaReportUrl()} name:Royal anyway:yes`, 'ann');
      await bot.settle();

      await driver.type('/offer list', 'guest');
      await driver.type('/report', 'guest');

      const shown = driver.privately('guest');
      expect(shown).toHaveLength(2);
      for (const text of shown) expect(text).toContain('Guests cannot use Tallyman here.');
    });
  }, 60_000);
});
