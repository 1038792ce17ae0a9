#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createChartRenderer } from '../adapters/chart/chart-renderer.js';
import { parseAllowList } from '../adapters/http/allow-list.js';
import { createHttpClient } from '../adapters/http/guarded-client.js';
import { openKeyFile } from '../adapters/keys/key-file.js';
import { createLog } from '../adapters/log/log.js';
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
import { type Config, readConfig } from './config.js';
import { toInstant } from './dates.js';
import type { Messenger } from './delivery/outbox.js';
import { createDispatch, type Dispatch } from './dispatch.js';
import { platforms } from './platforms/index.js';
import type { Clock, Core, Log } from './ports.js';
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
  const log = options.log ?? createLog({ level: config.logLevel, destination: process.stderr });
  const vault = createVault(await openKeyFile(config.keyFile, { dataFolder: folderOf(config) }));
  const allow = parseAllowList(config.allowPrivateHosts);
  const http = createHttpClient({ allow });
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
    wake: () => loops.forEach((loop) => loop.wake()),
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
