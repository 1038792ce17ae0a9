import { setTimeout as wait } from 'node:timers/promises';
import { compare, type Findings } from './compare.js';
import { createDiary } from './diary.js';
import { settle, startStorm } from './kill-ordeal.js';
import { buildWorld } from './world.js';

export interface ThreadsOptions {
  readonly seed: string;
  readonly deaths: number;
  readonly rate: number;
  say(line: string): void;
}

export interface ThreadsResult extends Findings {
  readonly deaths: number;
  readonly seconds: number;
  /** What the life wrote into its log, each with its count. */
  readonly logged: string;
}

/** Long enough to be started and to read, on a busy machine too. */
const threadLifeMs = 6000;
const typingMs = 200;
const lookEveryMs = 200;

/**
 * One life in which its threads die one at a time, at random moments, as by running out of memory, while everything around
 * it fails at random; the process goes on. Then looks at what is left.
 */
export async function threadsOrdeal({ seed, deaths, rate, say }: ThreadsOptions): Promise<ThreadsResult> {
  const world = await buildWorld({ seed: `threads ${seed}`, offers: 12 });
  const began = performance.now();
  const storm = startStorm(world);
  const diary = createDiary();
  try {
    const bot = world.startBot({ rate, threadLifeMs, typingMs });
    const died = () => bot.log().split(' thread died;').length - 1;
    let told = 0;
    while (died() < deaths) {
      await Promise.race([wait(lookEveryMs), bot.ended]);
      const { exitCode, signalCode } = bot.child;
      if (exitCode !== null || signalCode !== null) throw new Error(`the bot ended by itself: ${bot.log()}`);
      if (died() < told + 25) continue;
      told = died();
      say(`  ${told} threads died, ${secondsSince(began)} s`);
    }
    bot.child.kill('SIGTERM');
    const { code } = await bot.ended;
    if (code !== 0) throw new Error(`the bot ended with ${code}: ${bot.log()}`);
    storm.stop();
    diary.read(bot.log());
    await settle(world);
    const found = await compare(world);
    return { ...found, deaths: died(), seconds: secondsSince(began), logged: diary.counts() };
  } finally {
    storm.stop();
    await world.close();
  }
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}
