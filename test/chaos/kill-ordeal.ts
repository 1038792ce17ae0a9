import { setTimeout as wait } from 'node:timers/promises';
import { addMilliseconds, dayIn } from '../../src/dates.js';
import type { Tallyman } from '../../src/main.js';
import { compare, compareDays, type Findings } from './compare.js';
import { createDiary, type Diary } from './diary.js';
import { quiet, stormy } from './weather.js';
import { buildWorld, type World } from './world.js';

export interface KillOptions {
  readonly seed: string;
  readonly kills: number;
  readonly rate: number;
  say(line: string): void;
}

export interface KillResult extends Findings {
  readonly kills: number;
  readonly simulatedDays: number;
  readonly seconds: number;
  readonly atStart: number;
  readonly faults: string;
  /** What the lives wrote into their logs, each with its count. */
  readonly logged: string;
  /** What they wrote about messages that have not arrived. */
  readonly unsent: readonly string[];
}

export interface ThreadedKillResult extends KillResult {
  /** Lives in which pages were fetched: all three threads were at work. */
  readonly fetching: number;
}

/** A life ends so many requests after its beginning, and a random moment later, however busy this machine is. */
const mostRequests = 24;
const longestLifeMs = 10_000;
/** The threads start after the bot has begun to talk: most lives are ended by what those ask of the programme. */
const readingShare = 0.7;
/** Every so many lives get through one whole round of planning: a digest that nothing ever came to is passed over by right. */
const fullRoundEvery = 6;
const lastMomentsMs = 40;
const longestStartMs = 150;
/** How long nothing runs between two lives, in simulated time. */
const longestAbsenceMs = 60 * 60_000;
const settlingHours = 30;
const momentMs = 1000;
const mostMoments = 120;

/** Kills the bot, all its threads with it, with SIGKILL at random moments while everything around it fails at random, then looks at what is left. */
export async function killOrdeal({ seed, kills, rate, say }: KillOptions): Promise<ThreadedKillResult> {
  const world = await buildWorld({ seed, offers: 12 });
  const began = performance.now();
  const storm = startStorm(world);
  const diary = createDiary();
  let atStart = 0;
  let fetching = 0;
  const halfStored: string[] = [];
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const fetchedBefore = world.programme.requests.total;
      if (await liveAndDie(world, rate, kill % fullRoundEvery === 0, diary)) atStart += 1;
      if (world.programme.requests.total > fetchedBefore) fetching += 1;
      // Now, as whatever the next lives read again is mended.
      const left = await compareDays(world);
      halfStored.push(...left.halfStored.map((day) => `${day} after kill ${kill}`));
      if (kill % 50 === 0) say(`  ${kill} kills, ${Math.round((performance.now() - began) / 1000)} s`);
    }
    storm.stop();
    say(`  settling after ${Math.round((performance.now() - began) / 1000)} s`);
    await settle(world);
    const result = await resultOf(world, { kills, atStart, began, diary });
    return { ...result, halfStored: [...halfStored, ...result.halfStored], fetching };
  } finally {
    storm.stop();
    await world.close();
  }
}

interface Account {
  readonly kills: number;
  readonly atStart: number;
  /** By `performance.now()`. */
  readonly began: number;
  readonly diary: Diary;
}

/** What a world has come to after the kills. */
export async function resultOf(world: World, { kills, atStart, began, diary }: Account): Promise<KillResult> {
  const lived = Date.parse(world.clock.now()) - Date.parse(world.startedAt);
  return {
    ...(await compare(world)),
    kills,
    atStart,
    simulatedDays: Math.round(lived / 86_400_000),
    seconds: Math.round((performance.now() - began) / 1000),
    faults: JSON.stringify({
      ...world.weather.struck,
      programme: world.programme.requests.total,
      chat: world.weather.requests(),
      tooEarly: world.weather.tooEarly(),
    }),
    logged: diary.counts(),
    unsent: diary.ofUnsent(world.file),
  };
}

/** One life: true when it was killed before it had come to work. */
async function liveAndDie(world: World, rate: number, isFull: boolean, diary: Diary): Promise<boolean> {
  const bot = world.startBot({ rate });
  const early = !isFull && world.random.chance(0.15);
  if (early) await Promise.race([wait(world.random.whole(0, longestStartMs)), bot.ended]);
  else {
    const began = await bot.working;
    if (began !== 'working' && began.signal !== 'SIGKILL')
      throw new Error(`the bot did not start: ${bot.log()}`);
    if (isFull) await Promise.race([bot.planned, bot.ended]);
    const { programme } = world;
    const asked = world.random.chance(readingShare) ? () => programme.requests.total : undefined;
    await Promise.race([untilBusy(world, asked), bot.ended]);
    await Promise.race([wait(world.random.whole(0, lastMomentsMs)), bot.ended]);
  }
  const { exitCode } = bot.child;
  if (exitCode !== null) throw new Error(`the bot ended by itself with ${exitCode}: ${bot.log()}`);
  bot.child.kill('SIGKILL');
  await bot.ended;
  diary.read(bot.log());
  world.clock.stop();
  world.clock.advance(world.random.whole(0, longestAbsenceMs));
  return early;
}

/** Until so many requests were made, of the programme and the chat products if nothing else is said. */
export async function untilBusy(
  { random, weather, programme }: World,
  requests = () => weather.requests() + programme.requests.total,
): Promise<void> {
  const enough = requests() + random.whole(0, mostRequests);
  const deadline = performance.now() + longestLifeMs;
  while (requests() < enough && performance.now() < deadline) await wait(2);
}

export interface Storm {
  stop(): void;
}

const storms = ['status-500', 'status-503', 'status-429', 'hang', 'reset', 'cut-body'] as const;

/** Lets the books restate and the programme and the chat product fail. */
export function startStorm(world: World): Storm {
  const { random, programme, books, weather, clock } = world;
  weather.setFaults(stormy);
  const timer = setInterval(() => {
    books.openDaysTo(dayIn('UTC', clock.now()));
    if (random.chance(0.6)) books.restateOneOf(30, random);
    programme.faults.clear();
    programme.setLatency(random.chance(0.3) ? random.whole(1, 40) : 0);
    if (random.chance(0.4)) {
      const fault = storms[random.whole(0, storms.length - 1)] ?? 'reset';
      programme.faults.set(fault, { next: random.whole(1, 3), retryAfter: random.whole(1, 900) });
    }
  }, 60);
  return {
    stop() {
      clearInterval(timer);
      weather.setFaults(quiet);
      programme.faults.clear();
      programme.setLatency(0);
    },
  };
}

/** Lets hours pass without faults, in this process, until everything that is due has been done. */
export async function settle(world: World, hours = settlingHours): Promise<void> {
  world.clock.stop();
  const tallyman = await world.open();
  try {
    for (let passed = 0; passed < hours; passed += 1) {
      world.clock.advance(3_600_000);
      world.books.openDaysTo(dayIn('UTC', world.clock.now()));
      await tallyman.work.plan();
      await tallyman.work.settle();
      await sendWhatIsPutOff(world, tallyman);
    }
  } finally {
    await tallyman.close();
  }
}

/** Discord's client counts its fifty requests a second by a real clock, and puts off for a moment what is more. */
async function sendWhatIsPutOff({ clock }: World, { core, work }: Tallyman): Promise<void> {
  for (let moments = 0; moments < mostMoments; moments += 1) {
    const due = await core.stores.outbox.nextDue();
    if (due === null || due > addMilliseconds(clock.now(), momentMs)) return;
    await wait(momentMs);
    clock.advance(momentMs);
    await work.settle();
  }
}
