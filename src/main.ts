#!/usr/bin/env node
import { existsSync, realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createChartRenderer } from '../adapters/chart/chart-renderer.js';
import { allowListProblems, parseAllowList } from '../adapters/http/allow-list.js';
import { createHttpClient } from '../adapters/http/guarded-client.js';
import { openKeyFile } from '../adapters/keys/key-file.js';
import { createLog } from '../adapters/log/log.js';
import { createScrubber } from '../adapters/log/scrub.js';
import { startLoop } from '../adapters/queue/loop.js';
import { everyMinute } from '../adapters/queue/minutes.js';
import { createTerminalMessenger } from '../adapters/terminal/messenger.js';
import { runOnce } from '../adapters/terminal/run-once.js';
import { createScreen, type Screen } from '../adapters/terminal/screen.js';
import { startTerminal } from '../adapters/terminal/terminal.js';
import { commands } from '../commands/index.js';
import { openDatabase } from '../db/open.js';
import type { Surface } from './access/workspace.js';
import type { Caller } from './command.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { toInstant } from './dates.js';
import type { Messenger } from './delivery/outbox.js';
import { createDispatch, type Dispatch } from './dispatch.js';
import { type Checkup, doctorCard } from './doctor.js';
import type { Metrics } from './metrics.js';
import { openAccess } from './offers/save-offer.js';
import { platforms } from './platforms/index.js';
import type { Clock, Core, Log } from './ports.js';
import { ProblemError } from './problems/problem.js';
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
export function keepWorking({ core, work }: Tallyman, workers = 8): { wake(): void; stop(): Promise<void> } {
  const loops = [
    ...Array.from({ length: workers }, (_, index) =>
      // Half of the workers never touch offers in trouble.
      startLoop(() => work.runNext(index % 2 === 0 ? 'any' : 'in good health'), core.log),
    ),
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

interface Arguments {
  readonly json: boolean;
  readonly user?: string;
  readonly channel: string;
  readonly files: string;
  readonly words: readonly string[];
}

function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      user: { type: 'string' },
      channel: { type: 'string', default: '#general' },
      files: { type: 'string', default: 'tallyman-files' },
    },
  });
  return { ...values, words: positionals };
}

/** Who types at a terminal: whoever runs the program is its admin; with --user one tries what another would see. */
function terminalCaller({ user, channel }: Arguments): Caller {
  const name = user ?? systemUser();
  const place = channel.startsWith('#') ? channel : `#${channel}`;
  return {
    workspace: 'terminal',
    user: { id: name, name },
    channel: { id: place, name: place },
    isGuest: false,
    isSurfaceAdmin: user === undefined,
  };
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'you';
  }
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
  const config = readConfig(process.env, allowListProblems);
  if (given.words[0] === 'doctor') return examine(config, screen);
  const single = given.words.length > 0;
  const tallyman = await openTallyman({
    config,
    messengers: new Map([['terminal', createTerminalMessenger(screen)]]),
    exclusive: !single,
  });
  const { dispatch, work } = tallyman;
  const session = { dispatch, screen, caller: terminalCaller(given), settle: () => work.settle() };
  try {
    if (single) return await runOnce(given.words.join(' '), session);
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

async function examine(config: Config, screen: Screen): Promise<number> {
  const card = await doctorCard(checkupsFor(config));
  const ok = card.tone !== 'bad';
  await screen.reply({ ok, private: true, card, files: [] }, 1);
  await screen.flush();
  return ok ? 0 : 1;
}

function checkupsFor(config: Config): Checkup[] {
  return [
    { name: 'Node', look: async () => process.version },
    {
      name: 'Key file',
      look: async () => {
        const ring = await openKeyFile(config.keyFile, { dataFolder: folderOf(config) });
        return `${config.keyFile}, ${ring.keys.length} ${ring.keys.length === 1 ? 'key' : 'keys'}`;
      },
    },
    {
      name: 'Database',
      look: () =>
        withCore(
          config,
          async ({ stores }) =>
            `${config.database.kind}, ${(await stores.workspaces.list()).length} workspaces`,
        ),
    },
    {
      name: 'Sealed URLs',
      look: () =>
        withCore(config, async (core) => {
          const workspaces = await core.stores.workspaces.list();
          const offers = (await Promise.all(workspaces.map(({ id }) => core.stores.offers.list(id)))).flat();
          for (const offer of offers) openAccess(core, offer);
          return `${offers.length} of ${offers.length} open`;
        }),
    },
    { name: 'Private hosts', look: async () => config.allowPrivateHosts || 'none opened' },
    { name: 'Chat', look: async () => 'no tokens set: the terminal is used' },
  ];
}

async function withCore<T>(config: Config, look: (core: Core) => Promise<T>): Promise<T> {
  const tallyman = await openTallyman({ config, messengers: new Map(), exclusive: false });
  try {
    return await look(tallyman.core);
  } finally {
    await tallyman.close();
  }
}

/** What stopped the program before it could answer, said as cards are. */
async function fail(error: unknown): Promise<number> {
  const problems =
    error instanceof ConfigError ? error.problems : error instanceof ProblemError ? [error.problem] : [];
  if (problems.length === 0) throw error;
  for (const problem of problems) {
    process.stderr.write(
      `${problem.what}\n  ${problem.why}\n${problem.fix.map((step) => `  - ${step}\n`).join('')}`,
    );
  }
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
