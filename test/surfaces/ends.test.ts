import { describe, expect, test } from 'vitest';
import { readText } from '../discord/server/read-message.js';
import { driveSlack } from '../slack/slack-driver.js';
import { type Surfaces, withSurfaces } from './with-surfaces.js';

/** One offer of Bob's in Slack and one in Discord, where Ann is the admin. Answers how to expire their tokens. */
async function addOffers({ bot, slack, discord }: Surfaces): Promise<() => void> {
  const driver = driveSlack(slack);
  const tokens = [bot.programme.issueToken(), bot.programme.issueToken()];
  const [first, second] = tokens.map((token) => bot.programme.urls.affilkaReportUrl({ token }));
  await driver.type('/offer list', 'ann');
  await discord.type('/offer list');
  await driver.type(`/offer add ${first} name:Royal anyway:yes`, 'bob');
  await discord.type(`/offer add url:${second} name:Nord anyway:yes`, { person: discord.bob });
  await bot.settle();
  return () => {
    for (const token of tokens) bot.programme.expireToken(token);
  };
}

function inSlack(surfaces: Surfaces) {
  const driver = driveSlack(surfaces.slack);
  const { state } = surfaces.slack.server;
  return {
    driver,
    public: () =>
      driver
        .publicly()
        .map(({ text }) => text)
        .join('\n'),
    to: (person: 'ann' | 'bob') => driver.privately(person).join('\n'),
    casino: state.channels.find(({ id }) => id === 'C0CASINO') ?? expect.fail(),
    team: state.teams[0] ?? expect.fail(),
    /** How often something was to be written to the channel. */
    tries: () =>
      state.calls.filter(({ method, args }) => {
        return /^chat\.(?:post|update)|^conversations\.info/.test(method) && args.channel === 'C0CASINO';
      }).length,
  };
}

function inDiscord({ discord }: Surfaces) {
  const { world } = discord.server;
  return {
    public: () => discord.publicly().map(readText).join('\n'),
    to: (person: 'ann' | 'bob') => discord.privately(discord[person]).map(readText).join('\n'),
    refusals: () => world.requests.filter(({ status }) => status === 401 || status === 403).length,
  };
}

const modes = { slack: 'socket', discord: 'gateway' } as const;

describe('an end of one product', () => {
  test('an archived channel: the admins are told once by direct message, and what waited comes when it is mended', () =>
    withSurfaces(modes, async (surfaces) => {
      const slack = inSlack(surfaces);
      const expire = await addOffers(surfaces);
      slack.casino.isArchived = true;
      expire();

      await surfaces.passHours(4);
      const tries = slack.tries();
      await surfaces.passHours(6);

      expect(slack.to('ann')).toMatch(/Messages do not reach #casino: is archived/);
      const told = slack.driver.privately('ann').filter((text) => text.includes('do not reach #casino'));
      expect(told).toHaveLength(1);
      expect(slack.to('bob')).toContain('[Replace URL]');
      expect(slack.public()).not.toMatch(/Royal.*refused/);
      expect(slack.tries() - tries).toBeLessThan(4);
      expect(inDiscord(surfaces).public()).toMatch(/Nord/);
      slack.casino.isArchived = false;
      await surfaces.passHours(26);
      expect(slack.public()).toMatch(/Royal/);
    }));

  test('a bot that was taken out of a channel, in both products', () =>
    withSurfaces(modes, async (surfaces) => {
      const slack = inSlack(surfaces);
      const discord = inDiscord(surfaces);
      const expire = await addOffers(surfaces);
      slack.casino.hasBot = false;
      surfaces.discord.casino.lacks = 'access';
      expire();

      await surfaces.passHours(4);
      const refusals = discord.refusals();
      await surfaces.passHours(6);

      expect(slack.to('ann')).toMatch(/Messages do not reach #casino: not in channel/);
      expect(discord.to('ann')).toMatch(/Messages do not reach #casino/);
      expect(discord.refusals() - refusals).toBeLessThan(4);
      surfaces.discord.casino.lacks = null;
      slack.casino.hasBot = true;
      await slack.driver.type('/offer list');
      expect(slack.to('ann')).toContain('Royal');
    }));

  test('a revoked token: nothing is tried for ever, the other product goes on, and a new token mends it', () =>
    withSurfaces(modes, async (surfaces) => {
      const slack = inSlack(surfaces);
      const expire = await addOffers(surfaces);
      slack.team.refused = 'token_revoked';
      expire();

      await surfaces.passHours(4);
      const calls = surfaces.slack.server.state.calls.length;
      await surfaces.passHours(6);

      expect(surfaces.slack.server.state.calls.length - calls).toBeLessThan(6);
      expect(inDiscord(surfaces).public()).toMatch(/Nord/);
      const { stores } = surfaces.bot.tallyman.core;
      const open = await stores.incidents.listOpen('slack:T0CASINO');
      expect(open.map(({ kind }) => kind).toSorted()).toEqual(['delivery-failed', 'token-refused']);
      delete slack.team.refused;
      await surfaces.passHours(26);
      expect(slack.public()).toMatch(/Royal/);
    }));

  test('an uninstalled app is forgotten, what is due for it waits, and a new installation goes on', () =>
    withSurfaces(
      {
        ...modes,
        slack: 'http',
        teams(server) {
          server.addTeam({ id: 'T0CASINO', name: 'Casino team' });
          server.addUser({ id: 'U0ANN', teamId: 'T0CASINO', name: 'Ann', flags: { is_admin: true } });
          server.addUser({ id: 'U0BOB', teamId: 'T0CASINO', name: 'Bob' });
          server.addChannel({ id: 'C0CASINO', teamId: 'T0CASINO', name: 'casino' });
        },
      },
      async (surfaces) => {
        const slack = inSlack(surfaces);
        const { stores } = surfaces.bot.tallyman.core;
        const expire = await addOffers(surfaces);
        const kept = await stores.installations.get('slack:T0CASINO');
        await surfaces.slack.deliver({
          type: 'events_api',
          payload: {
            type: 'event_callback',
            team_id: 'T0CASINO',
            event_id: 'Ev1',
            event: { type: 'app_uninstalled' },
          },
        });
        await surfaces.slack.slack.settled();
        expect(await stores.installations.get('slack:T0CASINO')).toBeNull();
        expire();
        const calls = surfaces.slack.server.state.calls.length;

        await surfaces.passHours(5);

        expect(surfaces.slack.server.state.calls).toHaveLength(calls);
        expect(inDiscord(surfaces).public()).toMatch(/Nord/);
        await slack.driver.type('/offer list');
        expect(slack.to('ann')).toContain('Tallyman is not installed in this workspace');
        await stores.installations.save(kept ?? expect.fail());
        await surfaces.passHours(26);
        expect(slack.public()).toMatch(/Royal/);
      },
    ));

  test('a server that has thrown the bot out, and a deleted channel', () =>
    withSurfaces(modes, async (surfaces) => {
      const discord = inDiscord(surfaces);
      const expire = await addOffers(surfaces);
      surfaces.discord.guild.hasBot = false;
      surfaces.discord.casino.isDeleted = true;
      expire();

      await surfaces.passHours(4);
      const requests = surfaces.discord.server.world.requests.length;
      await surfaces.passHours(6);

      expect(surfaces.discord.server.world.requests.length - requests).toBeLessThan(6);
      expect(inSlack(surfaces).public()).toMatch(/Royal/);
      expect(discord.to('ann')).toMatch(/Messages do not reach #casino/);
    }));
});
