import { createChartRenderer } from '../adapters/chart/chart-renderer.js';
import { parseAllowList } from '../adapters/http/allow-list.js';
import { createHttpClient } from '../adapters/http/guarded-client.js';
import { keyFileAt } from '../adapters/keys/key-file.js';
import { createLog } from '../adapters/log/log.js';
import { createScrubber } from '../adapters/log/scrub.js';
import { openDatabase } from '../db/open.js';
import type { WriteTurns } from '../db/write-turns.js';
import type { Surface } from './access/workspace.js';
import { type Config, databaseFolder, databaseUrl, secretsOf } from './config.js';
import { toInstant } from './dates.js';
import type { Messenger } from './delivery/outbox.js';
import type { Metrics } from './metrics.js';
import type { KeyFile } from './operations/rekey.js';
import { platforms } from './platforms/index.js';
import type { Clock, Core, Log } from './ports.js';
import { closeLeftovers, requireKeys } from './start-over.js';
import { createLastReadings } from './sync/last-readings.js';
import { createGates, createSharedGates } from './sync/politeness.js';
import { createVault } from './vault.js';

export interface CoreOptions {
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
  /** Where another thread writes to the same database file. */
  readonly turns?: WriteTurns | null;
  /** Told of each token as it is used. */
  readonly onSecret?: (secret: string) => void;
}

/** What all features work with, wired to database, keys and network. */
export interface OpenedCore {
  readonly core: Core;
  /** Writes a line of another thread's log, clean of what this one knows too. */
  writeLine(line: string): void;
  addSecret(secret: string): void;
  close(): Promise<void>;
}

export const systemClock: Clock = { now: () => toInstant(Date.now()) };

/** Wires the core; the program and its sync thread have one each. Loads nothing that only one of them needs. */
export async function openCore(options: CoreOptions): Promise<OpenedCore> {
  const { config, clock = systemClock, logTo = process.stderr } = options;
  const scrubber = createScrubber();
  for (const secret of secretsOf(config)) scrubber.addSecret(secret);
  const log = options.log ?? createLog({ level: config.logLevel, scrubber, destination: logTo });
  const ring = await keysOf(config).read();
  const allow = parseAllowList(config.allowPrivateHosts);
  const http = createHttpClient({
    allow,
    onSecret(secret) {
      scrubber.addSecret(secret);
      options.onSecret?.(secret);
    },
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  });
  const { stores, dialect, shared, close } = await openDatabase(databaseUrl(config), {
    exclusive: options.exclusive,
    turns: options.turns ?? null,
    onIdleError: (error) => log.warn({ error }, 'database connection lost'),
  });
  if (options.exclusive) {
    try {
      const keyIds = ring.keys.map(({ id }) => id);
      await requireKeys(stores, keyIds);
      await closeLeftovers(stores, clock.now(), dialect === 'sqlite');
    } catch (error) {
      await Promise.all([http.close(), close()]);
      throw error;
    }
  }
  const core: Core = {
    ...{ clock, http, log, stores, platforms, vault: createVault(ring) },
    ...(shared ? { ...shared, gates: createSharedGates(shared.slots) } : { gates: createGates() }),
    lastReadings: createLastReadings(),
    allowsPrivate: (url) => allow.allows(url),
    charts: createChartRenderer(),
    messengers: options.messengers,
    ...(options.metrics ? { metrics: options.metrics } : {}),
  };
  return {
    core,
    writeLine: (line) => void logTo.write(scrubber.scrub(line)),
    addSecret: scrubber.addSecret,
    async close() {
      await http.close();
      await close();
    },
  };
}

export function keysOf(config: Config): KeyFile {
  return keyFileAt(config.keyFile, { dataFolder: databaseFolder(config) });
}
