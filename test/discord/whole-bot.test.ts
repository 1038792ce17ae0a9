import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../../src/options.js';
import * as people from './server/people.js';
import { readText } from './server/read-message.js';
import { nested } from './server/rules.js';
import type { Message, Person } from './server/world.js';
import type { Discord } from './with-discord.js';
import { type DiscordBot, withDiscordBot } from './with-discord-bot.js';

function words(messages: readonly Message[]): string {
  return messages.map(readText).join('\n');
}

/** Adds an offer as a person does: a form, then what its buttons ask until it is saved. */
async function addOffer(
  { discord, programme, tallyman }: DiscordBot,
  name: string,
  person?: Person,
): Promise<void> {
  const place = person ? { person } : {};
  const opened = await discord.type('/offer add', place);
  await discord.submit(opened, { url: programme.urls.affilkaReportUrl(), name, channel: '#casino' }, place);
  for (let presses = 0; presses < 3; presses += 1) {
    const last = discord.privately(person).at(-1);
    const next = nested(last?.components ?? []).find(
      ({ type, label }) => type === 2 && /^(Fix|Add)/.test(label ?? ''),
    );
    if (!last || !next?.label) break;
    await discord.press(last, next.label, place);
  }
  await tallyman.work.settle();
}

async function offersOf({ tallyman, discord }: DiscordBot) {
  return tallyman.core.stores.offers.list(`discord:${discord.guild.id}`);
}

/** Bodies that more people than one could read. */
function publicBodies(discord: Discord): string {
  const everyone = discord.server.world.messages.filter(
    (one) => one.onlyFor === null && discord.server.world.channels.get(one.channel)?.recipient === null,
  );
  return JSON.stringify(everyone.map(({ content, components, files }) => [content, components, files]));
}

describe('the whole bot on Discord', () => {
  test('every command answers, and no command answers with an unexpected fault', () =>
    withDiscordBot('gateway', async (bot) => {
      const { discord, tallyman } = bot;
      await addOffer(bot, 'Lucky Star');
      expect((await offersOf(bot)).map(({ name }) => name)).toEqual(['Lucky Star']);
      const values: Record<string, string> = {
        offer: '"Lucky Star"',
        url: bot.programme.urls.affilkaReportUrl(),
        at: '09:00',
        tz: 'Europe/Malta',
        incident: '1',
        for: '4h',
        list: bot.programme.urls.affilkaReportUrl(),
      };
      const changing = ['offer add', 'offer remove', 'offer import'];
      for (const command of tallyman.dispatch.commands.filter(({ name }) => !changing.includes(name))) {
        const required = fieldsOf(command.options).filter((field) => field.required);
        const line = [
          `/${command.name}`,
          ...required.map((field) => `${field.name}:${values[field.name] ?? 'x'}`),
        ].join(' ');
        const before = discord.privately().length + discord.publicly().length;

        await discord.type(line);

        const said = [...discord.privately(), ...discord.publicly()];
        expect(said.length, line).toBeGreaterThan(before);
      }
      expect(words(discord.privately())).not.toContain('own.unexpected');
      expect(discord.server.world.messages.filter(({ isLoading }) => isLoading)).toEqual([]);
      expect(discord.logged.filter(({ level }) => level === 'error')).toEqual([]);
    }));

  test('no token and no figure of a private answer is in anything public', () =>
    withDiscordBot('gateway', async (bot) => {
      const { discord, programme } = bot;
      await addOffer(bot, 'Lucky Star');
      await discord.type(`/offer check ${programme.urls.affilkaReportUrl()}`);
      await discord.type('/report range:7d by:brand');

      const privately = words(discord.privately());
      const money = privately.match(/\d{1,3}(?:,\d{3})+\.\d{2}/g) ?? [];
      expect(money.length).toBeGreaterThan(0);
      for (const amount of money) expect(publicBodies(discord)).not.toContain(amount);
      const { affilka } = programme.tokens;
      const sent = JSON.stringify(discord.server.world.requests.map(({ body }) => body));
      expect(sent).not.toContain(affilka);
      expect(JSON.stringify(discord.logged)).not.toContain(affilka);
      const interactionTokens = [...discord.server.world.interactions.values()].map(({ token }) => token);
      for (const token of interactionTokens) expect(JSON.stringify(discord.logged)).not.toContain(token);
    }));

  test('two servers never see each other', () =>
    withDiscordBot('gateway', async (bot) => {
      const { discord } = bot;
      await addOffer(bot, 'Lucky Star');
      const { world } = discord.server;
      const eve = people.addPerson(world, 'Eve');
      const other = people.addGuild(world, eve);
      const there = { person: eve, channel: people.addChannel(world, other, 'lobby') };
      const buttons = discord
        .privately()
        .flatMap(({ components }) => nested(components))
        .filter(({ type }) => type === 2);

      await discord.type('/offer list', there);
      await discord.type('/offer show 1', there);
      await discord.type('/report range:7d', there);
      const completed = await discord.complete('offer show', 'offer', '', there);
      for (const { custom_id } of buttons) {
        const guess = { custom_id, component_type: 2 };
        const shown = {
          id: world.nextId(),
          channel_id: there.channel.id,
          author: { id: eve.id, username: 'eve' },
        };
        await discord.act(people.createInteraction(world, 'component', there, guess, { message: shown }));
      }

      const seen = words(discord.privately(eve));
      expect(seen).not.toContain('Lucky Star');
      expect(seen).not.toMatch(/\d,\d{3}\.\d{2}/);
      expect(completed.choices).toEqual([]);
      expect(buttons.length).toBeGreaterThan(0);
    }));

  test("somebody who takes no direct messages is named in the offer's channel, without figures", () =>
    withDiscordBot('gateway', async (bot) => {
      const { discord, programme } = bot;
      await addOffer(bot, 'Lucky Star');
      discord.ann.takesDirect = false;
      programme.expireToken(programme.tokens.affilka);

      await bot.passHours(3);

      const said = words(discord.publicly());
      expect(said).toContain('Lucky Star');
      expect(said).toContain('Ann');
      expect(said).not.toMatch(/\d,\d{3}\.\d{2}/);
      expect(words(discord.privately())).not.toContain('Regenerate');
    }));

  test('an expired token reaches its owner with a button that opens the form for the new URL', () =>
    withDiscordBot('http', async (bot) => {
      const { discord, programme } = bot;
      await addOffer(bot, 'Lucky Star');
      programme.expireToken(programme.tokens.affilka);
      await bot.passHours(3);
      const direct = discord.privately().find(({ onlyFor }) => onlyFor === null);
      if (!direct) throw new Error('no direct message');

      const opened = await discord.press(direct, 'Replace URL');
      const token = programme.issueToken('affilka');
      const channel = discord.server.world.channels.get(direct.channel);
      const url = programme.urls.affilkaReportUrl({ token });
      await discord.submit(opened, { url }, channel ? { channel } : {});
      await bot.passHours(1);

      expect(words(discord.privately())).not.toContain('own.unexpected');
      const [offer] = await offersOf(bot);
      expect(offer?.tokenTail).toBe(token.slice(-4));
      const open = await bot.tallyman.core.stores.incidents.listOpen(`discord:${discord.guild.id}`);
      expect(open).toEqual([]);
    }));

  test('a scheduled digest is posted once in its channel, with its chart and its details in the thread', () =>
    withDiscordBot('gateway', async (bot) => {
      const { discord } = bot;
      await addOffer(bot, 'Lucky Star');
      await discord.type('/digest schedule at:00:00 tz:UTC');

      await bot.passHours(25);

      const digests = discord
        .publicly()
        .filter((message) => message.files.some(({ name }) => name.endsWith('.png')));
      expect(digests).toHaveLength(1);
      expect(digests[0]?.files[0]?.description).toMatch(/FTD/);
    }));
});
