import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../src/command.js';
import type { Environment } from '../../src/config.js';
import { addDays, type Day, dayIn, type Instant } from '../../src/dates.js';
import type { Tallyman } from '../../src/main.js';
import { type Programme, startProgramme } from '../sandbox/programme.js';
import { type Random, randomFrom } from '../sandbox/random.js';
import type { Orders } from './bot.js';
import { type BotProcess, createBotPool } from './bot-process.js';
import type { Chat } from './chat.js';
import { openDiscordChat } from './discord-chat.js';
import { openBot } from './open-bot.js';
import { type WorldClock, worldClock } from './simulated-time.js';
import { openSlackChat } from './slack-chat.js';
import { createVersionedBooks, type VersionedBooks } from './versioned-books.js';
import { createWeather, type Weather } from './weather.js';

const start: Instant = '2026-03-01T06:00:00.000Z';
const historyDays = 60;

/** Everything around the bot: a programme, Slack and Discord, time, and a folder with its database. */
export interface World {
  readonly folder: string;
  readonly file: string;
  readonly environment: Environment;
  readonly clock: WorldClock;
  readonly random: Random;
  readonly books: VersionedBooks;
  readonly programme: Programme;
  readonly chats: readonly Chat[];
  /** Of all chat products alike. */
  readonly weather: Weather;
  /** Where people talk, and which offers are theirs. */
  readonly rooms: readonly Room[];
  readonly startedAt: Instant;
  /** The bot inside this process, on the world's clock. */
  open(): Promise<Tallyman>;
  /** The bot in a process and with the threads that `serve` has, on the running clock; in one thread where it has a fail point. */
  startBot(options: StartOptions): BotProcess;
  close(): Promise<void>;
}

/** A channel with one offer, which has this number in its workspace. */
export interface Room {
  readonly chat: Chat;
  readonly caller: Caller;
  readonly offer: number;
}

export interface StartOptions {
  readonly rate: number;
  readonly failPoint?: string;
  /** People ask for nothing but long readings, and not so often: what is edited must have been sent before. */
  readonly readingsOnly?: boolean;
  /** Real milliseconds between two lines that people type. */
  readonly typingMs?: number;
  /** Each thread ends by itself within so many real milliseconds. */
  readonly threadLifeMs?: number;
}

export interface WorldOptions {
  readonly seed: string;
  readonly offers: number;
  readonly folder?: string;
  /** A file in the folder when left out. */
  readonly databaseUrl?: string;
}

/** Builds a world with offers that are read and digests that are planned, by turns in Slack and in Discord. */
export async function buildWorld({ seed, offers, folder: given, databaseUrl }: WorldOptions): Promise<World> {
  const folder = given ?? mkdtempSync(join(fastFolder(), 'tallyman-ordeal-'));
  const clock = worldClock(start);
  const random = randomFrom('ordeal', seed);
  const today = dayIn('UTC', start);
  const books = createVersionedBooks(addDays(today, -historyDays - 35), today);
  const programme = await startProgramme({ now: clock.now, books: books.books, perPage: 2000 });
  const weather = createWeather(clock, randomFrom('chat', seed));
  const chats = [await openSlackChat(clock, weather), await openDiscordChat(clock, weather)];
  const pool = createBotPool(2);
  const file = join(folder, 'data', 'tallyman.db');
  const environment = {
    DATABASE_URL: databaseUrl ?? `sqlite:${file}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    ALLOW_PRIVATE_HOSTS: programme.host,
    LOG_LEVEL: 'error',
    PORT: '0',
    ...Object.assign({}, ...chats.map((chat) => chat.environment)),
  };
  const rooms = openRooms(chats, offers);
  const world: World = {
    folder,
    file,
    environment,
    clock,
    random,
    books,
    programme,
    chats,
    weather,
    rooms,
    startedAt: start,
    open: () => openBot(environment, clock),
    startBot({
      rate,
      failPoint = null,
      readingsOnly = false,
      typingMs = readingsOnly ? 700 : 120,
      threadLifeMs = null,
    }) {
      weather.beginLife();
      return pool.start({
        // What befalls a message is logged as a warning.
        environment: { ...environment, LOG_LEVEL: 'warn' },
        time: clock.run(rate),
        roundMs: 50,
        typed: typedLines(dayIn('UTC', clock.now()), rooms, random, readingsOnly),
        typingMs,
        failPoint,
        threadLifeMs,
      });
    },
    async close() {
      pool.close();
      await programme.close();
      for (const chat of chats) await chat.close();
      if (given === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
  await addOffers(world);
  return world;
}

/** A killed process loses nothing that the system has taken, so memory will do, and is not slowed down by others. */
function fastFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

function openRooms(chats: readonly Chat[], offers: number): Room[] {
  return Array.from({ length: offers }, (_, index) => {
    const chat = chats[index % chats.length] as Chat;
    const { workspace, person: user } = chat;
    const channel = chat.addChannel(`c${index + 1}`);
    const caller = { workspace, user, channel, isGuest: false, isSurfaceAdmin: true };
    return { chat, caller, offer: Math.floor(index / chats.length) + 1 };
  });
}

async function addOffers(world: World): Promise<void> {
  const tallyman = await world.open();
  const { urls } = world.programme;
  const { workspaces } = tallyman.core.stores;
  for (const { workspace, person, environment } of world.chats) {
    const surface = 'SLACK_API_URL' in environment ? 'slack' : 'discord';
    await workspaces.ensure(workspace, surface, 'Ordeal', person, start);
  }
  for (const [index, { caller }] of world.rooms.entries()) {
    const number = index + 1;
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
export function typedLines(
  today: Day,
  rooms: readonly Room[],
  random: Random,
  readingsOnly: boolean,
): Orders['typed'] {
  return Array.from({ length: 24 }, (_, index) => {
    const { caller, offer } = rooms[random.whole(0, rooms.length - 1)] as Room;
    if (index % 6 > 0 && !readingsOnly) return { caller, line: '/report range:yesterday share:yes' };
    const from = addDays(today, -random.whole(31, historyDays));
    return { caller, line: `/offer sync ${offer} from:${from}` };
  });
}

const zones = ['Europe/Malta', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC'];
