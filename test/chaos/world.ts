import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, readConfig } from '../../src/config.js';
import { addDays, type Day, dayIn, type Instant } from '../../src/dates.js';
import { openTallyman, type Tallyman } from '../../src/main.js';
import { type Programme, startProgramme } from '../sandbox/programme.js';
import { type Random, randomFrom } from '../sandbox/random.js';
import type { Orders } from './bot.js';
import { type BotProcess, createBotPool } from './bot-process.js';
import { type ChatServer, startChatServer } from './chat-server.js';
import { openMessengers } from './http-messenger.js';
import { type WorldClock, worldClock } from './simulated-time.js';
import { createVersionedBooks, type VersionedBooks } from './versioned-books.js';

export const workspace = 'slack:TORDEAL';
const start: Instant = '2026-03-01T06:00:00.000Z';
const historyDays = 60;

/** Everything around the bot: a programme, a chat product, time, and a folder with its database. */
export interface World {
  readonly folder: string;
  readonly file: string;
  readonly environment: Environment;
  readonly clock: WorldClock;
  readonly random: Random;
  readonly books: VersionedBooks;
  readonly programme: Programme;
  readonly chat: ChatServer;
  readonly startedAt: Instant;
  /** The bot inside this process, on the world's clock. */
  open(): Promise<Tallyman>;
  /** The bot in a process of its own, on the running clock. */
  startBot(options: StartOptions): BotProcess;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly rate: number;
  readonly failPoint?: string;
  /** People ask for nothing but long readings, and not so often: what is edited must have been sent before. */
  readonly readingsOnly?: boolean;
}

export interface WorldOptions {
  readonly seed: string;
  readonly offers: number;
  readonly folder?: string;
}

/** Builds a world with offers that are read and digests that are planned, two channels an offer. */
export async function buildWorld({ seed, offers, folder: given }: WorldOptions): Promise<World> {
  const folder = given ?? mkdtempSync(join(fastFolder(), 'tallyman-ordeal-'));
  const clock = worldClock(start);
  const random = randomFrom('ordeal', seed);
  const today = dayIn('UTC', start);
  const books = createVersionedBooks(addDays(today, -historyDays - 35), today);
  const programme = await startProgramme({ now: clock.now, books: books.books, perPage: 2000 });
  const chat = await startChatServer(clock, randomFrom('chat', seed));
  const pool = createBotPool(2);
  const file = join(folder, 'data', 'tallyman.db');
  const environment = {
    DATABASE_URL: `sqlite:${file}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    ALLOW_PRIVATE_HOSTS: programme.host,
    LOG_LEVEL: 'error',
  };
  const world: World = {
    folder,
    file,
    environment,
    clock,
    random,
    books,
    programme,
    chat,
    startedAt: start,
    open: () =>
      openTallyman({
        config: readConfig(environment),
        clock,
        messengers: openMessengers(chat.origin),
        exclusive: true,
      }),
    startBot: ({ rate, failPoint = null, readingsOnly = false }) =>
      pool.start({
        environment,
        time: clock.run(rate),
        chatOrigin: chat.origin,
        workspace,
        roundMs: 50,
        typed: typedLines(dayIn('UTC', clock.now()), offers, random, readingsOnly),
        typingMs: readingsOnly ? 700 : 30,
        failPoint,
      }),
    async close() {
      pool.close();
      await programme.close();
      await chat.close();
      if (given === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
  await addOffers(world, offers);
  return world;
}

/** A killed process loses nothing that the system has taken, so memory will do, and is not slowed down by others. */
function fastFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

async function addOffers(world: World, offers: number): Promise<void> {
  const tallyman = await world.open();
  const { urls } = world.programme;
  const ann = { id: 'U1', name: 'Ann' };
  await tallyman.core.stores.workspaces.ensure(workspace, 'slack', 'Ordeal', ann, start);
  for (let number = 1; number <= offers; number += 1) {
    const channel = { id: `C${number}`, name: `#c${number}` };
    const caller = { workspace, user: ann, channel, isGuest: false, isSurfaceAdmin: true };
    const url =
      number % 3 === 0
        ? urls.referonExportUrl({ token: world.programme.issueToken('referon') })
        : urls.affilkaReportUrl({ token: world.programme.issueToken('affilka'), currency: null });
    const from = addDays(dayIn('UTC', start), -historyDays);
    const hour = String((number * 5) % 24).padStart(2, '0');
    const zone = zones[number % zones.length];
    for (const line of [
      `/offer add ${url} name:"Offer ${number}" from:${from} currency:EUR anyway:yes`,
      `/digest schedule at:${hour}:15 tz:${zone}`,
    ]) {
      const prepared = await tallyman.dispatch.prepareLine(line, caller, false);
      if (prepared.kind === 'form') throw new Error(`a form for ${line}`);
      const reply = await prepared.run();
      if (!reply.ok) throw new Error(JSON.stringify(reply.card));
    }
  }
  await tallyman.work.settle();
  await tallyman.close();
}

/** Mostly reports that are shared, and now and then a reading so long that it shows its progress in the channel. */
function typedLines(today: Day, offers: number, random: Random, readingsOnly: boolean): Orders['typed'] {
  return Array.from({ length: 24 }, (_, index) => {
    const number = random.whole(1, offers);
    if (index % 6 > 0 && !readingsOnly)
      return { channel: `C${number}`, line: '/report range:yesterday share:yes' };
    const from = addDays(today, -random.whole(31, historyDays));
    return { channel: `C${number}`, line: `/offer sync ${number} from:${from}` };
  });
}

const zones = ['Europe/Malta', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC'];
