import { describe, expect, test } from 'vitest';
import type { Surface } from '../../src/access/workspace.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import { type Bot, withBot } from '../support/with-bot.js';
import { startSlackServer } from './server/start-slack-server.js';
import { type SlackDriver, startDriver } from './slack-driver.js';
import { furnish } from './with-slack.js';

/** The whole bot with a Slack beside its terminal, both on one database and one programme. */
async function withBoth(work: (bot: Bot, driver: SlackDriver) => Promise<void>): Promise<void> {
  await withBot(async (bot) => {
    const server = await startSlackServer();
    furnish(server);
    server.state.now = () => Date.parse(bot.clock.now());
    const { core, dispatch } = bot.tallyman;
    const { stores, vault } = core;
    const driver = await startDriver(dispatch, {
      server,
      stores,
      vault,
      clock: bot.clock,
      offerRooms: async (workspace) => (await stores.offers.list(workspace)).map((offer) => offer.channelId),
    });
    (core.messengers as Map<Surface, Messenger>).set('slack', driver.messenger);
    await work(bot, driver);
    // The database closes next: nothing may still be writing.
    await driver.slack.stop();
  });
}

describe('the whole bot in Slack', () => {
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
