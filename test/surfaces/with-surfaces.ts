import type { Surface } from '../../src/access/workspace.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import type { Dispatch, Prepared, Reply } from '../../src/dispatch.js';
import type { HttpClient } from '../../src/ports.js';
import { type Discord, type Mode, withDiscord } from '../discord/with-discord.js';
import type { SlackServer } from '../slack/server/slack-server.js';
import { startSlackServer } from '../slack/server/start-slack-server.js';
import { furnish, type SlackUnderTest, withSlack } from '../slack/with-slack.js';
import { type Bot, withBot } from '../support/with-bot.js';

export interface Surfaces {
  readonly bot: Bot;
  readonly slack: SlackUnderTest;
  readonly discord: Discord;
  /** What the bot answered, in order, wherever it was asked. */
  readonly replies: readonly Reply[];
  /** The dispatch that keeps those. */
  readonly dispatch: Dispatch;
  /** The programmes answer only after this has resolved. */
  holdProgrammes(until: Promise<unknown>): void;
  /** Lets time pass everywhere, an hour at a time, and does what falls due. */
  passHours(hours: number): Promise<void>;
}

export interface SurfacesOptions {
  readonly slack: 'socket' | 'http';
  readonly discord: Mode;
  /** Makes Slack's teams before the bot comes; they are installed by OAuth. Without it there is one, with a fixed token. */
  readonly teams?: (server: SlackServer) => void;
}

/** The whole bot with Slack and Discord in one process, on one database, against one pretend programme. */
export async function withSurfaces(
  options: SurfacesOptions,
  work: (surfaces: Surfaces) => Promise<void>,
): Promise<void> {
  await withBot(async (bot) => {
    const { core } = bot.tallyman;
    const replies: Reply[] = [];
    const dispatch = recording(bot.tallyman.dispatch, replies);
    const server = await startSlackServer();
    (options.teams ?? furnish)(server);
    server.state.now = () => Date.parse(bot.clock.now());
    const slack = await withSlack({
      dispatch,
      server,
      mode: options.slack,
      stores: core.stores,
      vault: core.vault,
      clock: bot.clock,
      oauth: options.teams !== undefined,
    });
    if (options.teams) await installTeams(slack);
    const discord = await withDiscord({ dispatch, mode: options.discord });
    const messengers = core.messengers as Map<Surface, Messenger>;
    messengers.set('slack', slack.slack.messenger);
    messengers.set('discord', discord.running.messenger);
    await work({
      bot,
      slack,
      discord,
      replies,
      dispatch,
      holdProgrammes(until) {
        const { get } = core.http;
        const http: HttpClient = {
          async get(request) {
            await until;
            return get(request);
          },
        };
        Object.assign(core, { http });
      },
      async passHours(hours) {
        for (let passed = 0; passed < hours; passed += 1) {
          discord.server.world.advance(3_600_000);
          await bot.passHours(1);
        }
      },
    });
    // The database closes next: nothing may still be writing.
    await Promise.all([slack.slack.stop(), discord.running.stop()]);
  });
}

async function installTeams({ server, stores, vault }: SlackUnderTest): Promise<void> {
  for (const team of server.state.teams) {
    const workspace = `slack:${team.id}`;
    const bot = { token: team.token, id: `B${team.id}`, userId: team.botUserId, scopes: [] };
    const place = { workspace, table: 'installations', row: workspace, column: 'sealed' };
    const sealed = vault.seal(JSON.stringify({ bot }), place);
    await stores.installations.save({
      workspace,
      name: team.name,
      sealed,
      installedAt: '2026-11-20T09:00:00.000Z',
    });
  }
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
