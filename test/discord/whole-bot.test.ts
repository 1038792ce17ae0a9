import { describe, expect, test } from 'vitest';
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
