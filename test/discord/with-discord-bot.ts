import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Surface } from '../../src/access/workspace.js';
import { readConfig } from '../../src/config.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import { openTallyman, type Tallyman } from '../../src/main.js';
import { type Programme, startProgramme } from '../sandbox/programme.js';
import { type Discord, type Mode, withDiscord } from './with-discord.js';

export interface DiscordBot {
  readonly tallyman: Tallyman;
  readonly programme: Programme;
  readonly discord: Discord;
  /** Lets time pass everywhere, an hour at a time, and does what falls due. */
  passHours(hours: number): Promise<void>;
}

const hour = 3_600_000;

/** The whole bot on a pretend Discord, against a pretend programme; one clock for all three. */
export async function withDiscordBot(mode: Mode, work: (bot: DiscordBot) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyman-discord-'));
  let skew = 0;
  const clock = { now: () => new Date(Date.now() + skew).toISOString() };
  const programme = await startProgramme({ now: clock.now });
  const messengers = new Map<Surface, Messenger>();
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'data', 'tallyman.db')}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    ALLOW_PRIVATE_HOSTS: programme.host,
    LOG_LEVEL: 'error',
  });
  const tallyman = await openTallyman({ config, clock, exclusive: true, messengers });
  const { offers } = tallyman.core.stores;
  const offerRooms = async (workspace: string) =>
    (await offers.list(workspace)).map((offer) => offer.channelId);
  try {
    const discord = await withDiscord({ dispatch: tallyman.dispatch, mode, offerRooms });
    messengers.set('discord', discord.running.messenger);
    await work({
      tallyman,
      programme,
      discord,
      async passHours(hours) {
        for (let passed = 0; passed < hours; passed += 1) {
          skew += hour;
          discord.server.world.advance(hour);
          await tallyman.work.plan();
          await tallyman.work.settle();
        }
      },
    });
    await discord.running.stop();
  } finally {
    await tallyman.close();
    await programme.close();
    await rm(folder, { recursive: true, force: true });
  }
}
