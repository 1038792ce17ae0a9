import { setTimeout as wait } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { dayIn } from '../../src/dates.js';
import { compare, type Findings } from './compare.js';
import { settle } from './kill-ordeal.js';
import { type ChatFaults, quiet } from './weather.js';
import { buildWorld, type World } from './world.js';

/** What has to go wrong, or to pass, for a point to be reached. */
type Circumstance =
  | 'fair'
  | 'programme down'
  | 'answers lost'
  | 'requests lost'
  | 'chat refuses'
  | 'a day later'
  | 'readings';

const points: readonly (readonly [string, Circumstance])[] = [
  ['inside jobs.add', 'fair'],
  ['before commit of jobs.add', 'fair'],
  ['after commit of jobs.add', 'fair'],
  ['after jobs.claim', 'fair'],
  ['after fetch', 'fair'],
  ['inside figures.apply', 'fair'],
  ['inside runs.add', 'fair'],
  ['inside offers.change', 'fair'],
  ['before commit of figures.apply', 'fair'],
  ['after commit of figures.apply', 'fair'],
  ['inside jobs.done', 'fair'],
  ['inside jobs.claim', 'fair'],
  ['after jobs.retry', 'programme down'],
  ['inside figures.markFailed', 'programme down'],
  ['inside incidents.open', 'programme down'],
  ['before commit of figures.markFailed', 'programme down'],
  ['after commit of figures.markFailed', 'programme down'],
  ['inside digests.recordRun', 'a day later'],
  ['inside outbox.add', 'a day later'],
  ['before commit of digests.recordRun', 'a day later'],
  ['after commit of digests.recordRun', 'a day later'],
  ['after outbox.claim', 'a day later'],
  ['before send', 'a day later'],
  ['after send', 'a day later'],
  ['inside outbox.sent', 'a day later'],
  ['before commit of outbox.sent', 'a day later'],
  ['after commit of outbox.sent', 'a day later'],
  ['after edit', 'readings'],
  ['after outbox.postpone', 'chat refuses'],
  ['after outbox.giveBack', 'chat refuses'],
  ['after outbox.retake', 'answers lost'],
  ['after look, found', 'answers lost'],
  ['after look, absent', 'requests lost'],
];

const longestMs = 45_000;
const rate = 120;
/** With the hour that is settled and a whole life, still less than a day: no digest may be passed over by the next day's. */
const dayLaterHours = 20;

const chatFaults: Partial<Record<Circumstance, ChatFaults>> = {
  'answers lost': { ...quiet, lostAfter: 0.7 },
  'requests lost': { ...quiet, lostBefore: 0.7 },
  'chat refuses': { ...quiet, rateLimited: 0.7 },
};

export interface FailPointResult extends Findings {
  readonly points: readonly { readonly point: string; readonly result: string }[];
}

/** Kills the bot once at every named point, then looks at what is left. */
export async function failPointOrdeal(seed: string, say: (line: string) => void): Promise<FailPointResult> {
  const world = await buildWorld({ seed: `points ${seed}`, offers: 6 });
  const results: { point: string; result: string }[] = [];
  try {
    for (const [point, circumstance] of points) {
      const result = await dieAt(world, point, circumstance);
      results.push({ point, result });
      say(`  ${point.padEnd(40)} ${result}`);
    }
    world.programme.faults.clear();
    world.weather.setFaults(quiet);
    await settle(world);
    return { ...(await compare(world)), points: results };
  } finally {
    await world.close();
  }
}

async function dieAt(world: World, point: string, circumstance: Circumstance): Promise<string> {
  const { clock, programme, weather, books } = world;
  programme.faults.clear();
  weather.setFaults(quiet);
  // What is due by now is done first: a digest that a whole day passes over is not made up for.
  await settle(world, 1);
  clock.advance(
    (circumstance === 'fair' || circumstance === 'programme down' ? 1 : dayLaterHours) * 3_600_000,
  );
  books.openDaysTo(dayIn('UTC', clock.now()));
  books.restate(dayIn('UTC', clock.now()));
  weather.setFaults(chatFaults[circumstance] ?? quiet);
  if (circumstance === 'programme down') programme.faults.set('status-500');
  const bot = world.startBot({ rate, failPoint: point, readingsOnly: circumstance === 'readings' });
  const { signal } = await Promise.race([bot.ended, wait(longestMs, { signal: null }, { ref: false })]);
  if (signal !== 'SIGKILL') {
    bot.child.kill('SIGKILL');
    await bot.ended;
    return 'NOT REACHED';
  }
  const database = new BetterSqlite(world.file);
  const integrity = String(database.pragma('integrity_check', { simple: true }));
  database.close();
  return `killed, integrity ${integrity}`;
}
