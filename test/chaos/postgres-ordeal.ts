import { setTimeout as wait } from 'node:timers/promises';
import { dayIn } from '../../src/dates.js';
import type { Role } from '../../src/role.js';
import { rowsOn, startPostgres } from '../support/postgres-server.js';
import { type BotPool, type BotProcess, createBotPool } from './bot-process.js';
import { copyToSqlite } from './copy-to-sqlite.js';
import { createDiary, type Diary } from './diary.js';
import { type KillOptions, type KillResult, resultOf, startStorm, untilBusy } from './kill-ordeal.js';
import type { SharedOrders } from './postgres-bot.js';
import type { TimeAnchor } from './simulated-time.js';
import { buildWorld, typedLines, type World } from './world.js';

const roles: readonly Role[] = ['worker', 'worker', 'worker', 'web', 'web'];
const queue = 'tallyman_queue';
/** Every so many kills take all processes at once, and nothing runs for a while. */
const blackoutEvery = 5;
const longestAbsenceMs = 3 * 60 * 60_000;
const longestStartMs = 200;
const lastMomentsMs = 40;
const settlingHours = 30;
const hoursAtOnce = 3;
const longestHourMs = 60_000;
/**
 * Simulated seconds in a real one. Who looks for a message must come later than its sender gave up on it, and a process
 * among six on a busy machine may stand still for a second.
 */
const rate = 10;

/** A process that plays a role until it is killed; another takes its place. */
interface Part {
  readonly role: Role;
  bot: BotProcess;
  isWorking: boolean;
}

/**
 * Three workers and two web processes on one Postgres, killed one at a time and now and then all at once, while the
 * programme and the chat products fail at random; then what is left is compared with the programme's books.
 */
export async function postgresOrdeal({ seed, kills, say }: Omit<KillOptions, 'rate'>): Promise<KillResult> {
  const server = await startPostgres();
  const world = await buildWorld({ seed, offers: 12, databaseUrl: server.url });
  const pool = createBotPool(5, 'postgres-bot.js');
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const diary = createDiary();
  const storm = startStorm(world);
  let atStart = 0;
  try {
    const company = createCompany(world, pool, diary);
    for (let killed = 0; killed < kills; ) {
      if (world.random.chance(1 / blackoutEvery)) killed += await company.blackout();
      else {
        if (await company.killOne()) atStart += 1;
        killed += 1;
      }
      if (Math.floor(killed / 25) > Math.floor((killed - 1) / 25)) say(`  ${killed} kills, ${seconds()} s`);
    }
    storm.stop();
    say(`  settling after ${seconds()} s`);
    await company.settle(server.url);
    await company.end();
    await copyToSqlite(server.url, queue, world.file);
    return await resultOf(world, { kills, atStart, began, diary });
  } finally {
    storm.stop();
    pool.close();
    await world.close();
    await server.stop();
  }
}

function createCompany(world: World, pool: BotPool, diary: Diary) {
  const { random, clock } = world;
  let anchor: TimeAnchor = clock.run(rate);
  const start = (role: Role) => {
    const orders: SharedOrders = {
      environment: world.environment,
      time: anchor,
      role,
      roundMs: 100,
      typed: typedLines(dayIn('UTC', clock.now()), world.rooms, random, false),
      typingMs: 200,
      failPoint: null,
      threadLifeMs: null,
    };
    return pool.start(orders);
  };
  const parts: Part[] = roles.map((role) => begin({ role, bot: start(role), isWorking: false }));

  function begin(part: Part): Part {
    const { bot } = part;
    part.isWorking = false;
    void bot.working.then((began) => {
      if (part.bot === bot) part.isWorking = began === 'working';
    });
    return part;
  }

  function replace(part: Part): void {
    part.bot = start(part.role);
    begin(part);
  }

  async function working({ bot, role }: Part): Promise<void> {
    const began = await bot.working;
    if (began !== 'working') throw new Error(`a ${role} did not start: ${bot.log()}`);
  }

  async function kill({ bot, role }: Part): Promise<void> {
    const { exitCode } = bot.child;
    if (exitCode !== null) throw new Error(`a ${role} ended by itself with ${exitCode}: ${bot.log()}`);
    bot.child.kill('SIGKILL');
    await bot.ended;
    diary.read(bot.log());
  }

  /** Everybody's time goes on from here. */
  function jump(milliseconds: number): void {
    clock.stop();
    clock.advance(milliseconds);
    anchor = clock.run(rate);
    world.books.openDaysTo(dayIn('UTC', clock.now()));
    for (const { bot } of parts) if (bot.child.connected) bot.child.send({ time: anchor });
  }

  return {
    /** True for one that was killed before it had come to work. */
    async killOne(): Promise<boolean> {
      const ready = parts.filter(({ isWorking }) => isWorking);
      const among = ready.length > 0 ? ready : parts;
      const part = among[random.whole(0, among.length - 1)] as Part;
      await working(part);
      await untilBusy(world);
      await wait(random.whole(0, lastMomentsMs));
      await kill(part);
      replace(part);
      if (!random.chance(0.15)) return false;
      await wait(random.whole(0, longestStartMs));
      await kill(part);
      replace(part);
      return true;
    },
    async blackout(): Promise<number> {
      await Promise.all(parts.map(working));
      await untilBusy(world);
      await Promise.all(parts.map(kill));
      jump(random.whole(0, longestAbsenceMs));
      world.weather.beginLife();
      for (const part of parts) replace(part);
      return parts.length;
    },
    /** Lets hours pass without faults until everything that is due has been done; nobody types any more. */
    async settle(url: string): Promise<void> {
      for (const part of parts.filter(({ role }) => role === 'web')) await kill(part);
      await Promise.all(parts.filter(({ role }) => role === 'worker').map(working));
      for (let hour = 0; hour < settlingHours; hour += hoursAtOnce) {
        jump(hoursAtOnce * 3_600_000);
        await untilIdle(url, clock.now);
      }
    },
    async end(): Promise<void> {
      for (const part of parts.filter(({ role }) => role === 'worker')) await kill(part);
      clock.stop();
    },
  };
}

/** Nothing is due, on its way or at work, at two looks in a row. */
async function untilIdle(url: string, now: () => string): Promise<void> {
  const deadline = performance.now() + longestHourMs;
  let quietLooks = 0;
  while (quietLooks < 2 && performance.now() < deadline) {
    await wait(150);
    const [found] = await rowsOn(
      url,
      `select (select count(*) from ${queue}.jobs where attempts < max_attempts and (locked_at is not null or run_at <= '${now()}'))
        as jobs, (select count(*) from outbox where state = 'sending' or (state = 'new' and not_before <= '${now()}'))
        as outbox, (select count(*) from offers where state = 'active' and next_sync_at <= '${now()}') as offers`,
    );
    quietLooks = Object.values(found ?? {}).every((count) => Number(count) === 0) ? quietLooks + 1 : 0;
  }
}
