#!/usr/bin/env node
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { createChartRenderer } from '../adapters/chart/chart-renderer.js';
import { allowListProblems, parseAllowList } from '../adapters/http/allow-list.js';
import { createHttpClient } from '../adapters/http/guarded-client.js';
import { keyFileAt } from '../adapters/keys/key-file.js';
import { createLog } from '../adapters/log/log.js';
import { createScrubber } from '../adapters/log/scrub.js';
import { keepWorking } from '../adapters/queue/keep-working.js';
import { runSyncThread } from '../adapters/queue/run-sync-thread.js';
import { startSyncThread } from '../adapters/queue/start-sync-thread.js';
import type { ThreadMessage } from '../adapters/queue/sync-thread-messages.js';
import { type Arguments, readArguments, terminalCaller } from '../adapters/terminal/arguments.js';
import { createTerminalMessenger } from '../adapters/terminal/messenger.js';
import { openScreen } from '../adapters/terminal/open-screen.js';
import { runOnce } from '../adapters/terminal/run-once.js';
import type { Screen } from '../adapters/terminal/screen.js';
import { startTerminal } from '../adapters/terminal/terminal.js';
import { writeProblems } from '../adapters/terminal/write-problems.js';
import { createPrometheus } from '../adapters/web/prometheus.js';
import { startWebServer } from '../adapters/web/web-server.js';
import { commands } from '../commands/index.js';
import { backupDatabase, restoreDatabase } from '../db/backup.js';
import { type Database, openDatabase } from '../db/open.js';
import type { Surface } from './access/workspace.js';
import type { DrawnCard } from './card.js';
import type { ChatSurface } from './chat-surface.js';
import { allCheckups } from './checkups.js';
import { type Config, databaseFolder, databaseUrl, readConfig, secretsOf } from './config.js';
import { type Instant, toInstant } from './dates.js';
import type { Messenger } from './delivery/outbox.js';
import { createDispatch, type Dispatch } from './dispatch.js';
import { type Checkup, doctorCard } from './doctor.js';
import type { Metrics } from './metrics.js';
import { operationCard } from './operations/operation-cards.js';
import { type OperationTools, operations } from './operations/operations.js';
import type { KeyFile } from './operations/rekey.js';
import { platforms } from './platforms/index.js';
import type { Clock, Core, Log } from './ports.js';
import { serve } from './serve.js';
import { closeLeftovers, requireKeys } from './start-over.js';
import { exitOnFault, stopSignal } from './stopping.js';
import { createLastReadings } from './sync/last-readings.js';
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
  /** Where the log's lines go; standard error when left out. */
  readonly logTo?: { write(line: string): unknown };
  /** Told of tokens as they are used. */
  readonly onSecret?: (secret: string) => void;
  /** True where syncs and live checks run in a thread of their own, so that no answer waits behind a page. */
  readonly syncThread?: boolean;
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
  for (const secret of secretsOf(config)) scrubber.addSecret(secret);
  const { logTo } = options;
  const log =
    options.log ?? createLog({ level: config.logLevel, scrubber, ...(logTo ? { destination: logTo } : {}) });
  const ring = await keysOf(config).read();
  const vault = createVault(ring);
  const allow = parseAllowList(config.allowPrivateHosts);
  const http = createHttpClient({
    allow,
    onSecret(secret) {
      scrubber.addSecret(secret);
      options.onSecret?.(secret);
    },
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  });
  const database = await openDatabase(databaseUrl(config), {
    exclusive: options.exclusive,
    onIdleError: (error) => log.warn({ error }, 'database connection lost'),
  });
  if (options.exclusive) {
    try {
      await requireKeys(
        database.stores,
        ring.keys.map(({ id }) => id),
      );
      await closeLeftovers(database.stores, clock.now(), database.dialect === 'sqlite');
    } catch (error) {
      await Promise.all([http.close(), database.close()]);
      throw error;
    }
  }
  const thread = options.syncThread
    ? startSyncThread({
        log,
        open: () => new Worker(new URL(import.meta.url), { workerData: { tallymanConfig: config } }),
        write: (line) => void (logTo ?? process.stderr).write(scrubber.scrub(line)),
        addSecret: scrubber.addSecret,
        metrics: options.metrics,
        giveBack: () => giveBack(database, clock.now()),
      })
    : null;
  const core: Core = {
    clock,
    http,
    vault,
    log,
    platforms,
    stores: database.stores,
    gates: createGates(),
    lastReadings: createLastReadings(),
    allowsPrivate: (url) => allow.allows(url),
    charts: createChartRenderer(),
    messengers: options.messengers,
    ...(options.metrics ? { metrics: options.metrics } : {}),
    ...(thread ? { queue: thread.queue, prober: thread.prober } : {}),
  };
  return {
    core,
    dispatch: createDispatch(core, commands),
    work: createWork(core),
    async close() {
      await thread?.close();
      await http.close();
      await database.close();
    },
  };
}

/** On SQLite nobody else runs jobs. On Postgres others do, and the leases of a thread that died run out. */
async function giveBack({ stores, dialect }: Database, now: Instant): Promise<void> {
  if (dialect === 'sqlite') await closeLeftovers(stores, now, true);
}

/** What the sync thread is: the same program with a database handle of its own, and nobody to talk to. */
async function openSyncThread(port: MessagePort, config: Config): Promise<void> {
  const post = (message: ThreadMessage) => port.postMessage(message);
  const told = new Set<string>();
  const tallyman = await openTallyman({
    config,
    messengers: new Map(),
    exclusive: false,
    logTo: { write: (line) => post({ kind: 'line', line }) },
    onSecret(secret) {
      if (!told.has(secret)) post({ kind: 'secret', secret });
      told.add(secret);
    },
    metrics: {
      syncEnded: (outcome, startedAt, endedAt) => post({ kind: 'sync-ended', outcome, startedAt, endedAt }),
      deliveryEnded: () => {},
      commandEnded: () => {},
    },
  });
  runSyncThread(port, tallyman);
}

function keysOf(config: Config): KeyFile {
  return keyFileAt(config.keyFile, { dataFolder: databaseFolder(config) });
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
    const options = { words: rest, mark: given.mark, forgetLost: given.forgetLost };
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
  const signal = stopSignal(process);
  const messengers = new Map<Surface, Messenger>([['terminal', createTerminalMessenger(screen)]]);
  const prometheus = createPrometheus();
  const open = { config, messengers, exclusive: true, metrics: prometheus.metrics };
  const tallyman = await openTallyman({ ...open, syncThread: true });
  const { core, work } = tallyman;
  const { clock, log, stores } = core;
  const { port } = config;
  exitOnFault(process, log);
  const session = sessionOf(tallyman, config, given, screen);
  const typed = () => startTerminal(session).then(() => 'end of input');
  const served = serve({
    core,
    work,
    messengers,
    openSurfaces: () => openSurfaces(config, tallyman),
    keepWorking: (ticked) => keepWorking(tallyman, ticked),
    startWeb:
      port === null
        ? null
        : async (routes, health) => {
            const metrics = () => prometheus.page(clock, () => stores.backlog.measure());
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

if (parentPort && workerData?.tallymanConfig) {
  await openSyncThread(parentPort, workerData.tallymanConfig);
} else if (isEntry()) {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await runCli(process.argv.slice(2)).catch(fail);
}
