import { setTimeout as wait } from 'node:timers/promises';
import { compare, type Findings } from './compare.js';
import { settle, startStorm } from './kill-ordeal.js';
import { buildWorld } from './world.js';

export interface DaysResult extends Findings {
  /** After a collection at the end of each simulated day. */
  readonly heapMegabytes: readonly number[];
  readonly rssMegabytes: readonly number[];
  /** The mean heap of the last third of the days over that of the middle third. */
  readonly growth: number;
}

/** Two simulated hours in a real second. */
const rate = 7200;
const dayMs = 86_400_000 / rate;
const typingMs = 500;
const million = 1e6;

/** One life of many days, with everything around it failing at random, and its memory. */
export async function daysOrdeal(
  seed: string,
  days: number,
  say: (line: string) => void,
): Promise<DaysResult> {
  const world = await buildWorld({ seed: `days ${seed}`, offers: 12 });
  const storm = startStorm(world);
  const heap: number[] = [];
  const rss: number[] = [];
  try {
    const bot = world.startBot({ rate, typingMs });
    await bot.working;
    for (let day = 1; day <= days; day += 1) {
      await wait(dayMs);
      const memory = await bot.memory();
      heap.push(Math.round(memory.heapUsed / million));
      rss.push(Math.round(memory.rss / million));
      if (day % 10 === 0) say(`  ${day} days, heap ${heap.at(-1)} MB`);
    }
    bot.child.kill('SIGTERM');
    await bot.ended;
    storm.stop();
    await settle(world);
    const third = Math.floor(days / 3);
    const growth = mean(heap.slice(-third)) / mean(heap.slice(-2 * third, -third));
    return { ...(await compare(world)), heapMegabytes: heap, rssMegabytes: rss, growth };
  } finally {
    storm.stop();
    await world.close();
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
