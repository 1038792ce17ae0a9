import type { Surface } from '../../src/access/workspace.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import { type Bot, withBot } from '../support/with-bot.js';
import { type Discord, type Mode, withDiscord } from './with-discord.js';

export interface DiscordBot extends Bot {
  readonly discord: Discord;
}

/** The whole bot on a pretend Discord; time passes for the bot, its programme and Discord alike. */
export async function withDiscordBot(mode: Mode, work: (bot: DiscordBot) => Promise<void>): Promise<void> {
  await withBot(async (bot) => {
    const { core, dispatch } = bot.tallyman;
    const offerRooms = async (workspace: string) =>
      (await core.stores.offers.list(workspace)).map((offer) => offer.channelId);
    const discord = await withDiscord({ dispatch, mode, offerRooms });
    (core.messengers as Map<Surface, Messenger>).set('discord', discord.running.messenger);
    await work({
      ...bot,
      discord,
      async passHours(hours) {
        for (let passed = 0; passed < hours; passed += 1) {
          discord.server.world.advance(3_600_000);
          await bot.passHours(1);
        }
      },
    });
    // The database closes next: nothing may still be writing.
    await discord.running.stop();
  });
}
