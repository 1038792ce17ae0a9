import { describe, expect, test } from 'vitest';
import * as people from '../discord/server/people.js';
import { readText } from '../discord/server/read-message.js';
import type { Interaction } from '../discord/server/world.js';
import { type Discord, type Mode, soon } from '../discord/with-discord.js';
import { driveSlack } from '../slack/slack-driver.js';
import { type Surfaces, withSurfaces } from './with-surfaces.js';

const atOnce = 50;

/** Every fifth command waits for a programme, the others only for their turn. */
function lineOf(index: number, url: string): string {
  const others = ['/offer list', '/report range:7d', '/alert list', '/digest list'];
  return index % 5 === 0 ? `/offer check ${url}` : (others[(index % 5) - 1] ?? '');
}

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Fifty people type; answers when Discord has waited long enough for the last of them. */
async function typeAtOnce(discord: Discord, mode: Mode, url: string): Promise<Interaction[]> {
  const { world } = discord.server;
  const place = { person: discord.ann, channel: discord.casino };
  const made = Array.from({ length: atOnce }, (_, index) =>
    people.createInteraction(world, 'command', place, commandData(lineOf(index, url))),
  );
  if (mode === 'gateway') for (const one of made) people.deliver(discord.server, one);
  else for (const one of made) void discord.act(one);
  await soon(Promise.all(made.map(({ whenAnswered }) => whenAnswered)), 'not all were acknowledged');
  return made;
}

function commandData(line: string): unknown {
  const [group = '', verb = '', url] = line.slice(1).split(' ');
  if (group === 'report')
    return { id: '1', type: 1, name: group, options: [{ type: 3, name: 'range', value: '7d' }] };
  const options = url ? [{ type: 3, name: 'url', value: url }] : [];
  return { id: '1', type: 1, name: group, options: [{ type: 1, name: verb, options }] };
}

describe.each([
  ['socket', 'gateway'],
  ['http', 'http'],
] as const)('Slack over %s and Discord over %s', (slackMode, discordMode) => {
  const modes = { slack: slackMode, discord: discordMode };

  /** The programme answers half a minute later, by the clock that Slack, Discord and the bot share. */
  function passHalfAMinute({ bot, discord }: Surfaces): void {
    bot.clock.advance(30_000);
    discord.server.world.advance(30_000);
  }

  test('fifty commands at once are acknowledged in time, and answered when the programme at last answers', () =>
    withSurfaces(modes, async (surfaces) => {
      const { slack, discord, bot } = surfaces;
      const driver = driveSlack(slack);
      const programme = gate();
      surfaces.holdProgrammes(programme.opened);
      const url = bot.programme.urls.affilkaReportUrl();

      const payloads = Array.from({ length: atOnce }, (_, index) => driver.command(lineOf(index, url)));
      const inSlack = payloads.map((payload) => slack.deliver({ type: 'slash_commands', payload }));
      const [acknowledged, interactions] = await Promise.all([
        Promise.all(inSlack),
        typeAtOnce(discord, discordMode, url),
      ]);
      passHalfAMinute(surfaces);
      programme.open();
      await slack.slack.settled();
      await discord.running.settle();

      const slackMs = acknowledged.map((ack) => ack?.afterMs ?? Number.POSITIVE_INFINITY);
      expect(Math.max(...slackMs)).toBeLessThan(3_000);
      expect(Math.max(...interactions.map(({ answeredAfter }) => answeredAfter))).toBeLessThan(3_000);
      expect(interactions.map(({ answered }) => answered)).toEqual(interactions.map(() => 5));
      expect(discord.server.world.messages.filter(({ isLoading }) => isLoading)).toEqual([]);
      const checked = /Affilka/;
      const answers = [driver.privately(), discord.privately().map(readText)];
      for (const read of answers) {
        expect(read.length).toBeGreaterThanOrEqual(atOnce);
        expect(read.filter((text) => checked.test(text)).length).toBeGreaterThanOrEqual(atOnce / 5);
        expect(read.join('\n')).not.toContain('Something went wrong');
      }
      // Discord's answer stands where "thinking" stood: it is an edit of the first answer.
      for (const { original } of interactions) {
        const message = discord.server.world.messages.find(({ id }) => id === original);
        expect(readText(message ?? expect.fail()).trim()).not.toBe('');
      }
    }));
});
