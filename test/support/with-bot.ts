import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DrawnCard } from '../../src/card.js';
import type { Caller } from '../../src/command.js';
import { type Environment, readConfig } from '../../src/config.js';
import { addMilliseconds, type Instant } from '../../src/dates.js';
import type { Messenger, OutgoingMessage } from '../../src/delivery/outbox.js';
import type { Prepared, Reply } from '../../src/dispatch.js';
import { openTallyman, type Tallyman } from '../../src/main.js';
import type { Metrics } from '../../src/metrics.js';
import { type Programme, type ProgrammeOptions, startProgramme } from '../sandbox/programme.js';

const hour = 3_600_000;

/** A message that the bot said: `edits` are the later cards of the same message. */
export interface Said {
  readonly id: string;
  readonly to: string;
  readonly kind: 'channel' | 'user';
  card: DrawnCard;
  readonly history: DrawnCard[];
}

export interface Bot {
  readonly tallyman: Tallyman;
  /** Where its database, keys and files are. */
  readonly folder: string;
  readonly databaseFile: string;
  readonly programme: Programme;
  readonly clock: { now(): Instant; set(instant: Instant): void; advance(milliseconds: number): void };
  /** Everything said so far, one entry a message. */
  readonly said: readonly Said[];
  readonly caller: Caller;
  type(line: string, caller?: Caller): Promise<Reply>;
  /** Presses the button with this label on a card. */
  press(card: DrawnCard, label: string | RegExp, caller?: Caller): Promise<Reply>;
  /** Runs what is due now until nothing is. */
  settle(): Promise<void>;
  /** Lets hours pass, one after the other, doing what falls due. */
  passHours(hours: number): Promise<void>;
}

export const ann: Caller = {
  workspace: 'terminal',
  user: { id: 'ann', name: 'Ann' },
  channel: { id: '#casino', name: '#casino' },
  isGuest: false,
  isSurfaceAdmin: true,
};

export interface BotOptions {
  readonly start?: Instant;
  readonly programme?: Partial<ProgrammeOptions>;
  /** More of the environment; it may open more private hosts. */
  readonly environment?: Environment;
  readonly metrics?: Metrics;
  /** For long runs: a database in memory, which waits for no disk. */
  readonly inMemory?: boolean;
  /** Takes the log's lines, as they would be written. */
  readonly logTo?: { write(line: string): unknown };
  /** Opens the bot in another way. */
  readonly open?: typeof openTallyman;
}

/** The whole bot on a database file of its own, against a pretend programme, with a clock that stands still. */
export async function withBot<T>(work: (bot: Bot) => Promise<T>, options: BotOptions = {}): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyman-test-'));
  let now = options.start ?? '2026-11-20T09:12:00.000Z';
  const clock = {
    now: () => now,
    set: (instant: Instant) => {
      now = instant;
    },
    advance: (milliseconds: number) => {
      now = addMilliseconds(now, milliseconds);
    },
  };
  const programme = await startProgramme({ now: clock.now, ...options.programme });
  const said: Said[] = [];
  const databaseFile = join(folder, 'data', 'tallyman.db');
  const config = readConfig({
    DATABASE_URL: options.inMemory ? 'sqlite::memory:' : `sqlite:${databaseFile}`,
    TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
    LOG_LEVEL: 'error',
    ...options.environment,
    ALLOW_PRIVATE_HOSTS: [programme.host, options.environment?.ALLOW_PRIVATE_HOSTS].filter(Boolean).join(','),
  });
  const tallyman = await (options.open ?? openTallyman)({
    config,
    clock,
    exclusive: true,
    ...(options.metrics ? { metrics: options.metrics } : {}),
    messengers: new Map([['terminal', recordingMessenger(said)]]),
    ...(options.logTo ? { logTo: options.logTo } : {}),
  });
  const bot: Bot = {
    tallyman,
    folder,
    databaseFile,
    programme,
    clock,
    said,
    caller: ann,
    type: async (line, caller = ann) => runPrepared(await tallyman.dispatch.prepareLine(line, caller, false)),
    press: async (card, label, caller = ann) =>
      runPrepared(await tallyman.dispatch.press(buttonId(card, label), caller, false)),
    settle: () => tallyman.work.settle(),
    async passHours(hours) {
      for (let passed = 0; passed < hours; passed += 1) {
        now = addMilliseconds(now, hour);
        await tallyman.work.plan();
        await tallyman.work.settle();
      }
    },
  };
  try {
    return await work(bot);
  } finally {
    await tallyman.close();
    await programme.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runPrepared(prepared: Prepared): Promise<Reply> {
  if (prepared.kind === 'form') throw new Error(`a form was shown: ${prepared.form.command}`);
  return prepared.run();
}

function buttonId(card: DrawnCard, label: string | RegExp): string {
  const buttons = [...card.blocks, ...(card.details ?? [])].flatMap((block) =>
    block.type === 'actions' ? block.actions : [],
  );
  const found = buttons.find((button) =>
    typeof label === 'string' ? button.label === label : label.test(button.label),
  );
  if (!found)
    throw new Error(`no button ${label} among: ${buttons.map((button) => button.label).join(', ')}`);
  return found.id;
}

/** The far side of the terminal: a person reading. */
function recordingMessenger(said: Said[]): Messenger {
  return {
    async send(message: OutgoingMessage) {
      const id = `m${said.length + 1}`;
      const { target, card } = message;
      said.push({ id, to: target.name, kind: target.kind, card, history: [card] });
      return id;
    },
    async edit(message, id) {
      const known = said.find((one) => one.id === id);
      if (!known) throw new Error(`edit of an unknown message ${id}`);
      known.card = message.card;
      known.history.push(message.card);
    },
    find: async () => 'absent',
  };
}

/** All words of a card, for looking something up in it. */
export function cardText(card: DrawnCard): string {
  return JSON.stringify([card.title, card.blocks, card.details ?? []]);
}
