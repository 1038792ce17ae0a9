#!/usr/bin/env node
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createChartRenderer } from '../adapters/chart/chart-renderer.js';
import { allowListProblems } from '../adapters/http/allow-list.js';
import { keepWorking } from '../adapters/queue/keep-working.js';
import { type SyncThread, startSyncThread } from '../adapters/queue/start-sync-thread.js';
import { threadLimits } from '../adapters/queue/thread-limits.js';
import { type Arguments, readArguments, terminalCaller } from '../adapters/terminal/arguments.js';
import { createTerminalMessenger } from '../adapters/terminal/messenger.js';
import { openScreen } from '../adapters/terminal/open-screen.js';
import { runOnce } from '../adapters/terminal/run-once.js';
import type { Screen } from '../adapters/terminal/screen.js';
import { startTerminal } from '../adapters/terminal/terminal.js';
import { writeProblems } from '../adapters/terminal/write-problems.js';
import { commands } from '../commands/index.js';
import { backupDatabase, restoreDatabase } from '../db/backup.js';
import { openDatabase } from '../db/open.js';
import { newTurns, turnsOf } from '../db/write-turns.js';
import type { Surface } from './access/workspace.js';
import type { DrawnCard } from './card.js';
import type { ChatSurface } from './chat-surface.js';
import { allCheckups } from './checkups.js';
import { type Config, databaseFolder, databaseUrl, readConfig } from './config.js';
import type { Messenger } from './delivery/outbox.js';
import { createDispatch, type Dispatch } from './dispatch.js';
import { type Checkup, doctorCard } from './doctor.js';
import { type CoreOptions, keysOf, type OpenedCore, openCore, systemClock } from './open-core.js';
import { operationCard } from './operations/operation-cards.js';
import { type OperationTools, operations } from './operations/operations.js';
import type { Core } from './ports.js';
import { readRole } from './role.js';
import { serve } from './serve.js';
import { releaseAllJobs } from './start-over.js';
import { exitOnFault, stopSignal } from './stopping.js';
import { createWork, type Work } from './work.js';
import type { SyncThreadData } from './work-in-thread.js';

export interface OpenOptions extends CoreOptions {
  /**
   * The file of a thread in which syncs and live checks run, so that no answer waits behind a page; `null` or left out
   * where they run in this one. What the thread opens it opens by its own options.
   */
  readonly syncThread?: URL | null;
}

export const syncThreadFile = new URL('./sync-thread.js', import.meta.url);

/** The bot without a surface: everything wired, nothing running. */
export interface Tallyman {
  readonly core: Core;
  readonly dispatch: Dispatch;
  readonly work: Work;
  close(): Promise<void>;
}

/** Wires the core to its database, keys and network. */
export async function openTallyman(options: OpenOptions): Promise<Tallyman> {
  const turns = newTurns();
  const opened = await openCore(options.syncThread ? { ...options, turns: turnsOf(turns, 0) } : options);
  const thread = options.syncThread ? openSyncThread(opened, options, options.syncThread, turns) : null;
  const core: Core = { ...opened.core, ...(thread ? { queue: thread.queue, prober: thread.prober } : {}) };
  return {
    core,
    dispatch: createDispatch(core, commands),
    work: createWork(core),
    async close() {
      await thread?.close();
      await opened.close();
    },
  };
}

function openSyncThread(
  opened: OpenedCore,
  { config, metrics }: OpenOptions,
  file: URL,
  turns: SharedArrayBuffer,
): SyncThread {
  const workerData: SyncThreadData = { config, turns };
  const { log, stores } = opened.core;
  return startSyncThread({
    ...{ log, metrics, write: opened.writeLine, addSecret: opened.addSecret },
    open: () => new Worker(file, { workerData, resourceLimits: threadLimits }),
    // On SQLite nobody else runs jobs. On Postgres others do, and the leases of a thread that died run out.
    async giveBack() {
      turnsOf(turns, 0).forgetOther();
      if (config.database.kind === 'sqlite') await releaseAllJobs(stores);
    },
  });
}

async function runCli(args: readonly string[]): Promise<number> {
  const given = readArguments(args);
  const screen = openScreen(given, createChartRenderer());
  const words = given.help ? ['help', ...given.words] : given.words;
  const [word, ...rest] = words;
  if (word === 'doctor') return show(await examination(), screen);
  const config = readConfig(process.env, allowListProblems);
  const operation = operations.get(word ?? '');
  if (operation) {
    const options = { words: rest, mark: given.mark, forgetLost: given.forgetLost, to: given.to };
    return show(await operationCard(() => operation(operationTools(config), options)), screen);
  }
  if (word === 'serve' || (word === undefined && !config.surfaces.terminal)) {
    return runServer(config, given, screen);
  }
  return runTerminal(config, given, screen, words.join(' '));
}

async function show(card: DrawnCard, screen: Screen): Promise<number> {
  const ok = card.tone !== 'bad';
  await screen.reply({ ok, private: true, card, files: [] }, 1);
  await screen.flush();
  if (ok) return 0;
  return card.problems?.includes('operations.file-missing') ? 2 : 1;
}

/** Answers one line, or opens the prompt where there is none. */
async function runTerminal(config: Config, given: Arguments, screen: Screen, line: string): Promise<number> {
  const messengers = new Map([['terminal', createTerminalMessenger(screen)]] as const);
  const tallyman = await openTallyman({ config, messengers, exclusive: line === '' });
  const session = sessionOf(tallyman, config, given, screen);
  try {
    if (line !== '') return await runOnce(line, session);
    await tallyman.work.plan();
    const busy = screen.options.interactive ? keepWorking(tallyman) : null;
    const code = await startTerminal(session);
    await busy?.stop();
    return code;
  } finally {
    await tallyman.close();
  }
}

/** Somebody at this terminal. */
function sessionOf({ dispatch, work }: Tallyman, config: Config, given: Arguments, screen: Screen) {
  const { kind } = config.database;
  return {
    dispatch,
    screen,
    caller: terminalCaller(given),
    settle: () => work.settle(),
    input: process.stdin,
    historyFile: kind === 'sqlite' ? join(databaseFolder(config) ?? '.', 'history') : null,
  };
}

/** Runs without a prompt until it is told to stop; with `--terminal` beside one. What is said at the terminal is printed. */
async function runServer(config: Config, given: Arguments, screen: Screen): Promise<number> {
  const role = readRole(given.role, config);
  const signal = stopSignal(process);
  const messengers = new Map<Surface, Messenger>([['terminal', createTerminalMessenger(screen)]]);
  // Loaded where they are needed, as a command line needs none of them.
  const { createPrometheus } = await import('../adapters/web/prometheus.js');
  const prometheus = createPrometheus();
  const open = { config, messengers, exclusive: true, metrics: prometheus.metrics };
  // A process that answers nobody needs no thread for its reading, and one that only answers reads nothing.
  const tallyman = await openTallyman({ ...open, syncThread: role === 'all' ? syncThreadFile : null });
  const { core, work } = tallyman;
  const { clock, log, stores } = core;
  const { port } = config;
  exitOnFault(process, log);
  const session = sessionOf(tallyman, config, given, screen);
  const typed = () => startTerminal(session).then(() => 'end of input');
  const served = serve({
    core,
    work,
    role,
    messengers,
    openSurfaces: () => openSurfaces(config, tallyman),
    keepWorking: (ticked) => keepWorking(tallyman, ticked),
    startWeb:
      port === null
        ? null
        : async (routes, health) => {
            const metrics = () => prometheus.page(clock, () => stores.backlog.measure());
            const { startWebServer } = await import('../adapters/web/web-server.js');
            const web = await startWebServer({ port, routes, health, metrics, log });
            log.info({ port: web.port }, 'listening');
            return { stop: () => web.close() };
          },
    ended: given.terminal ? Promise.race([signal, typed()]) : signal,
    close: () => tallyman.close(),
  });
  const code = await served.then(() => 0, fail);
  await screen.flush();
  // A step that was cut off, or a far side that does not answer, would keep the process alive.
  return process.exit(code);
}

/** Connects every chat product that is set up. Their SDKs are slow to load and take 35 and 50 MB: each only where it is used. */
export async function openSurfaces(
  { slack, discord, publicUrl }: Config,
  { core, dispatch }: Tallyman,
): Promise<ChatSurface[]> {
  const opening = [
    slack &&
      import('../adapters/slack/open-slack.js').then(({ openSlack }) =>
        openSlack({ core, dispatch, config: slack, publicUrl }),
      ),
    discord &&
      import('../adapters/discord/open-discord.js').then(({ openDiscord }) =>
        openDiscord({ core, dispatch, config: discord }),
      ),
  ];
  return (await Promise.all(opening)).filter((surface) => surface !== null);
}

function operationTools(config: Config): OperationTools {
  return {
    config,
    now: systemClock.now(),
    keys: keysOf(config),
    openStores: (alone) => openDatabase(databaseUrl(config), { alone }),
    backUp: backupDatabase,
    restore: restoreDatabase,
    // Loaded when it is used: it brings the driver of Postgres.
    move: async (...given) => (await import('../db/move-database.js')).moveDatabase(...given),
  };
}

async function examination(): Promise<DrawnCard> {
  const checkups = await allCheckups(
    () => readConfig(process.env, allowListProblems),
    (config) => ({
      keys: keysOf(config),
      withCore: (look) => withCore(config, look),
      chats: () => chatCheckups(config),
    }),
  );
  return doctorCard(checkups);
}

async function chatCheckups({ slack, discord, publicUrl }: Config): Promise<Checkup[]> {
  const found = await Promise.all([
    slack &&
      import('../adapters/slack/checkups.js').then(({ slackCheckups }) =>
        slackCheckups({ config: slack, publicUrl }),
      ),
    discord &&
      import('../adapters/discord/checkups.js').then(({ discordCheckups }) =>
        discordCheckups({ config: discord, publicUrl }),
      ),
  ]);
  return found.flatMap((checkups) => checkups ?? []);
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
  writeProblems(process.stderr, error);
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
