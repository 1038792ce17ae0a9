#!/usr/bin/env node
import { existsSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChartRenderer } from '../adapters/chart/chart-renderer.js';
import { startDiscord } from '../adapters/discord/start-discord.js';
import { allowListProblems, parseAllowList } from '../adapters/http/allow-list.js';
import { createHttpClient } from '../adapters/http/guarded-client.js';
import { addKey, keepNewestKey, openKeyFile } from '../adapters/keys/key-file.js';
import { createLog } from '../adapters/log/log.js';
import { createScrubber } from '../adapters/log/scrub.js';
import { startLoop } from '../adapters/queue/loop.js';
import { everyMinute } from '../adapters/queue/minutes.js';
import { startSlack } from '../adapters/slack/start-slack.js';
import { type Arguments, readArguments, terminalCaller } from '../adapters/terminal/arguments.js';
import { createTerminalMessenger } from '../adapters/terminal/messenger.js';
import { runOnce } from '../adapters/terminal/run-once.js';
import { createScreen, type Screen } from '../adapters/terminal/screen.js';
import { startTerminal } from '../adapters/terminal/terminal.js';
import { writeProblems } from '../adapters/terminal/write-problems.js';
import { createPrometheus } from '../adapters/web/prometheus.js';
import { startWebServer } from '../adapters/web/web-server.js';
import { commands } from '../commands/index.js';
import { backupDatabase, restoreDatabase } from '../db/backup.js';
import { openDatabase } from '../db/open.js';
import type { Surface } from './access/workspace.js';
import type { DrawnCard } from './card.js';
import type { ChatSurface } from './chat-surface.js';
import { checkupsFor } from './checkups.js';
import {
  type Config,
  ConfigError,
  type DiscordConfig,
  readConfig,
  type SlackConfig,
  secretsOf,
} from './config.js';
import { toInstant } from './dates.js';
import type { Messenger } from './delivery/outbox.js';
import { createDispatch, type Dispatch } from './dispatch.js';
import { brokenSetting, doctorCard } from './doctor.js';
import type { Metrics } from './metrics.js';
import { operationCard } from './operations/operation-cards.js';
import { type OperationTools, operations } from './operations/operations.js';
import { platforms } from './platforms/index.js';
import type { Clock, Core, Log } from './ports.js';
import { ProblemError } from './problems/problem.js';
import { serve } from './serve.js';
import { closeLeftovers, requireKeys } from './start-over.js';
import { exitOnFault, stopSignal } from './stopping.js';
import { createLastReadings } from './sync/last-readings.js';
import { createGates } from './sync/politeness.js';
import { takeUp } from './sync/take-up.js';
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
  const ring = await openKeyFile(config.keyFile, { dataFolder: folderOf(config) });
  const vault = createVault(ring);
  const allow = parseAllowList(config.allowPrivateHosts);
  const http = createHttpClient({
    allow,
    onSecret: scrubber.addSecret,
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
  };
  if (database.isSole) await takeUp(core);
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
export function keepWorking(
  { core, work }: Tallyman,
  ticked: () => void = () => {},
  workers = 8,
): { wake(): void; stop(): Promise<void> } {
  const loops = [
    ...Array.from({ length: workers }, (_, index) =>
      // Half of the workers never touch offers in trouble.
      startLoop(() => work.runNext(index % 2 === 0 ? 'any' : 'in good health'), core.log),
    ),
    startLoop(() => work.sendNext(), core.log),
  ];
  const minutes = everyMinute(() => work.plan().then(ticked), core.log);
  return {
    wake() {
      for (const loop of loops) loop.wake();
    },
    async stop() {
      await Promise.all([minutes.stop(), ...loops.map((loop) => loop.stop())]);
    },
  };
}

function databaseUrl({ database }: Config): string {
  return database.kind === 'sqlite' ? `sqlite:${database.path}` : database.url;
}

function folderOf({ database }: Config): string | null {
  return database.kind === 'sqlite' ? database.folder : null;
}

function historyFileOf(config: Config): string | null {
  return config.database.kind === 'sqlite' ? join(folderOf(config) ?? '.', 'history') : null;
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
    const historyFile = historyFileOf(config);
    const code = await startTerminal({ ...session, input: process.stdin, historyFile });
    await busy?.stop();
    return code;
  } finally {
    await tallyman.close();
  }
}

async function show(card: DrawnCard, screen: Screen): Promise<number> {
  const ok = card.tone !== 'bad';
  await screen.reply({ ok, private: true, card, files: [] }, 1);
  await screen.flush();
  if (ok) return 0;
  return card.problems?.includes('operations.file-missing') ? 2 : 1;
}

/** Connects every chat product that is set up. One line a product. */
async function openSurfaces(config: Config, tallyman: Tallyman): Promise<ChatSurface[]> {
  const opened = await Promise.all([
    config.slack && openSlack(config.slack, config.publicUrl, tallyman),
    config.discord && openDiscord(config.discord, tallyman),
  ]);
  return opened.filter((surface) => surface !== null);
}

async function openSlack(
  config: SlackConfig,
  publicUrl: string | null,
  { core, dispatch }: Tallyman,
): Promise<ChatSurface> {
  const slack = await startSlack({ ...core, config, publicUrl, dispatch });
  const handle = (request: Request) => slack.handle(request);
  return {
    name: 'slack',
    messenger: slack.messenger,
    routes: [
      { method: 'POST', path: '/slack/events', handle },
      { method: 'GET', path: '/slack/install', handle },
      { method: 'GET', path: '/slack/oauth_redirect', handle },
    ],
    stop: () => slack.stop(),
  };
}

async function openDiscord(
  { mode, token, publicKey, applicationId, apiUrl }: DiscordConfig,
  { core, dispatch }: Tallyman,
): Promise<ChatSurface> {
  const { stores, charts, log, clock } = core;
  const discord = await startDiscord({
    config:
      mode === 'http'
        ? { mode, token, publicKey: publicKey ?? '', applicationId: applicationId ?? '' }
        : { mode, token: token ?? '' },
    apiUrl,
    dispatch,
    surfaceState: stores.surfaceState,
    charts,
    log,
    clock,
  });
  return {
    name: 'discord',
    messenger: discord.messenger,
    routes: [
      { method: 'POST', path: '/discord/interactions', handle: (request) => discord.handler(request) },
    ],
    stop: () => discord.stop(),
  };
}

/** Runs without a prompt until it is told to stop; with `--terminal` beside one. What is said at the terminal is printed. */
async function runServer(config: Config, given: Arguments, screen: Screen): Promise<number> {
  const signal = stopSignal(process);
  const messengers = new Map<Surface, Messenger>([['terminal', createTerminalMessenger(screen)]]);
  const prometheus = createPrometheus();
  const tallyman = await openTallyman({ config, messengers, exclusive: true, metrics: prometheus.metrics });
  const { core, work, dispatch } = tallyman;
  const { clock, log, stores } = core;
  const { port } = config;
  exitOnFault(process, log);
  const session = { dispatch, screen, caller: terminalCaller(given), settle: () => work.settle() };
  const typed = () =>
    startTerminal({ ...session, input: process.stdin, historyFile: historyFileOf(config) }).then(
      () => 'end of input',
    );
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

function operationTools(config: Config): OperationTools {
  const { keyFile } = config;
  return {
    config,
    now: systemClock.now(),
    keys: {
      read: () => openKeyFile(keyFile, { dataFolder: folderOf(config) }),
      addKey: () => addKey(keyFile),
      keepNewest: () => keepNewestKey(keyFile),
    },
    openStores: (alone) => openDatabase(databaseUrl(config), { alone }),
    backUp(file, target) {
      backupDatabase(file, target);
      return statSync(target).size;
    },
    async restore(backup, file, at) {
      const replaced = existsSync(file) ? `${file}.replaced` : null;
      return { dropped: await restoreDatabase(backup, file, at), replaced };
    },
  };
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
