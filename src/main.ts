#!/usr/bin/env node
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChartRenderer } from '../adapters/chart/chart-renderer.js';
import { allowListProblems, parseAllowList } from '../adapters/http/allow-list.js';
import { createHttpClient } from '../adapters/http/guarded-client.js';
import { openKeyFile } from '../adapters/keys/key-file.js';
import { createLog } from '../adapters/log/log.js';
import { createScrubber } from '../adapters/log/scrub.js';
import { startLoop } from '../adapters/queue/loop.js';
import { everyMinute } from '../adapters/queue/minutes.js';
import { type Arguments, readArguments, terminalCaller } from '../adapters/terminal/arguments.js';
import { createTerminalMessenger } from '../adapters/terminal/messenger.js';
import { runOnce } from '../adapters/terminal/run-once.js';
import { createScreen, type Screen } from '../adapters/terminal/screen.js';
import { startTerminal } from '../adapters/terminal/terminal.js';
import { writeProblems } from '../adapters/terminal/write-problems.js';
import { commands } from '../commands/index.js';
import { openDatabase } from '../db/open.js';
import type { Surface } from './access/workspace.js';
import type { DrawnCard } from './card.js';
import { checkupsFor } from './checkups.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { toInstant } from './dates.js';
import type { Messenger } from './delivery/outbox.js';
import { createDispatch, type Dispatch } from './dispatch.js';
import { brokenSetting, doctorCard } from './doctor.js';
import type { Metrics } from './metrics.js';
import { platforms } from './platforms/index.js';
import type { Clock, Core, Log } from './ports.js';
import { ProblemError } from './problems/problem.js';
import { createGates } from './sync/politeness.js';
import { createVault } from './vault.js';
import { createWork, type Work } from './work.js';

export interface OpenOptions {
  readonly config: Config;
  readonly messengers: ReadonlyMap<Surface, Messenger>;
  /** True for the running bot: a second one on the same database is refused. */
  readonly exclusive: boolean;
  readonly clock?: Clock;
  readonly log?: Log;
  /** How long one request may take, redirects and body included. */
  readonly deadlineMs?: number;
  readonly metrics?: Metrics;
}

/** The bot without a surface: everything wired, nothing running. */
export interface Tallyman {
  readonly core: Core;
  readonly dispatch: Dispatch;
  readonly work: Work;
  close(): Promise<void>;
}

const systemClock: Clock = { now: () => toInstant(Date.now()) };

/** Wires the core to its database, keys and network. */
export async function openTallyman(options: OpenOptions): Promise<Tallyman> {
  const { config, clock = systemClock } = options;
  const scrubber = createScrubber();
  const log = options.log ?? createLog({ level: config.logLevel, scrubber });
  const vault = createVault(await openKeyFile(config.keyFile, { dataFolder: folderOf(config) }));
  const allow = parseAllowList(config.allowPrivateHosts);
  const http = createHttpClient({
    allow,
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  });
  const database = await openDatabase(databaseUrl(config), {
    exclusive: options.exclusive,
    onIdleError: (error) => log.warn({ error }, 'database connection lost'),
  });
  const core: Core = {
    clock,
    http,
    vault,
    log,
    platforms,
    stores: database.stores,
    gates: createGates(),
    allowsPrivate: (url) => allow.allows(url),
    charts: createChartRenderer(),
    messengers: options.messengers,
    ...(options.metrics ? { metrics: options.metrics } : {}),
  };
  return {
    core,
    dispatch: createDispatch(core, commands),
    work: createWork(core),
    async close() {
      await http.close();
      await database.close();
    },
  };
}

/** Keeps the bot working: looks for jobs and messages, and once a minute for what is due. Answers how to stop it. */
export function keepWorking({ core, work }: Tallyman, workers = 8): { wake(): void; stop(): Promise<void> } {
  const loops = [
    ...Array.from({ length: workers }, () => startLoop(() => work.runNext(), core.log)),
    startLoop(() => work.sendNext(), core.log),
  ];
  const minutes = everyMinute(() => work.plan(), core.log);
  return {
    wake() {
      for (const loop of loops) loop.wake();
    },
    async stop() {
      await minutes.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function databaseUrl({ database }: Config): string {
  return database.kind === 'sqlite' ? `sqlite:${database.path}` : database.url;
}

function folderOf({ database }: Config): string | null {
  return database.kind === 'sqlite' ? database.folder : null;
}

function openScreen({ json, files }: Arguments): Screen {
  const { stdin, stdout, stderr } = process;
  const interactive = Boolean(stdin.isTTY && stdout.isTTY);
  return createScreen({
    output: stdout,
    errorOutput: stderr,
    json,
    interactive,
    colour: Boolean(stdout.isTTY) && !process.env.NO_COLOR,
    filesFolder: files,
    charts: createChartRenderer(),
  });
}

async function runCli(args: readonly string[]): Promise<number> {
  const given = readArguments(args);
  const screen = openScreen(given);
  const words = given.help ? ['help', ...given.words] : given.words;
  if (words[0] === 'doctor') return examine(screen);
  const config = readConfig(process.env, allowListProblems);
  const single = words.length > 0;
  const tallyman = await openTallyman({
    config,
    messengers: new Map([['terminal', createTerminalMessenger(screen)]]),
    exclusive: !single,
  });
  const { dispatch, work } = tallyman;
  const session = { dispatch, screen, caller: terminalCaller(given), settle: () => work.settle() };
  try {
    if (single) return await runOnce(words.join(' '), session);
    await work.plan();
    const busy = screen.options.interactive ? keepWorking(tallyman) : null;
    const historyFile = config.database.kind === 'sqlite' ? join(folderOf(config) ?? '.', 'history') : null;
    const code = await startTerminal({ ...session, input: process.stdin, historyFile });
    await busy?.stop();
    return code;
  } finally {
    await tallyman.close();
  }
}

/** Looks at the installation, also at one that cannot start, and says what is well and what is not. */
async function examine(screen: Screen): Promise<number> {
  const card = await examination();
  await screen.reply({ ok: card.tone !== 'bad', private: true, card, files: [] }, 1);
  await screen.flush();
  return card.tone === 'bad' ? 1 : 0;
}

async function examination(): Promise<DrawnCard> {
  try {
    const config = readConfig(process.env, allowListProblems);
    const countKeys = async () =>
      (await openKeyFile(config.keyFile, { dataFolder: folderOf(config) })).keys.length;
    return await doctorCard(checkupsFor(config, { countKeys, withCore: (look) => withCore(config, look) }));
  } catch (error) {
    if (error instanceof ConfigError) return doctorCard(error.problems.map(brokenSetting));
    throw error;
  }
}

async function withCore<T>(config: Config, look: (core: Core) => Promise<T>): Promise<T> {
  const tallyman = await openTallyman({ config, messengers: new Map(), exclusive: false });
  try {
    return await look(tallyman.core);
  } finally {
    await tallyman.close();
  }
}

/** What stopped the program before it could answer. */
function fail(error: unknown): number {
  const problems =
    error instanceof ConfigError ? error.problems : error instanceof ProblemError ? [error.problem] : [];
  if (problems.length === 0) throw error;
  writeProblems(process.stderr, problems);
  return 2;
}

function isEntry(): boolean {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url);
}

if (isEntry()) {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await runCli(process.argv.slice(2)).catch(fail);
}
