import { createChartRenderer } from '../adapters/chart/chart-renderer.js';
import { keyFileAt } from '../adapters/keys/key-file.js';
import { openDatabase } from '../db/open.js';
import type { WriteTurns } from '../db/write-turns.js';
import type { Surface } from './access/workspace.js';
import { type Config, databaseFolder, databaseUrl } from './config.js';
import { toInstant } from './dates.js';
import type { Messenger } from './delivery/outbox.js';
import type { Metrics } from './metrics.js';
import { type NetworkOptions, openNetwork } from './open-network.js';
import type { KeyFile } from './operations/rekey.js';
import { platforms } from './platforms/index.js';
import type { Clock, Core } from './ports.js';
import { releaseAllJobs, requireKeys } from './start-over.js';
import { createLastReadings } from './sync/last-readings.js';
import { createGates, createSharedGates } from './sync/politeness.js';
import { createVault } from './vault.js';

export interface CoreOptions extends NetworkOptions {
  readonly messengers: ReadonlyMap<Surface, Messenger>;
  /** True for the running bot: a second one on the same database is refused. */
  readonly exclusive: boolean;
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  /** Where another thread writes to the same database file. */
  readonly turns?: WriteTurns | null;
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
  const { config, clock = systemClock } = options;
  const ring = await keysOf(config).read();
  const { http, log, allows, writeLine, addSecret } = openNetwork(options);
  const { stores, dialect, shared, close } = await openDatabase(databaseUrl(config), {
    exclusive: options.exclusive,
    turns: options.turns ?? null,
    onIdleError: (error) => log.warn({ error }, 'database connection lost'),
  });
  if (options.exclusive) {
    try {
      const keyIds = ring.keys.map(({ id }) => id);
      await requireKeys(stores, keyIds);
      // On Postgres others may be at work, and the queue finds out whose jobs are left.
      if (dialect === 'sqlite') await releaseAllJobs(stores);
    } catch (error) {
      await Promise.all([http.close(), close()]);
      throw error;
    }
  }
  const core: Core = {
    ...{ clock, http, log, stores, platforms, vault: createVault(ring) },
    ...(shared ? { ...shared, gates: createSharedGates(shared.slots) } : { gates: createGates() }),
    lastReadings: createLastReadings(),
    allowsPrivate: allows,
    charts: createChartRenderer(),
    messengers: options.messengers,
    ...(options.metrics ? { metrics: options.metrics } : {}),
  };
  return {
    core,
    writeLine,
    addSecret,
    async close() {
      await http.close();
      await close();
    },
  };
}

export function keysOf(config: Config): KeyFile {
  return keyFileAt(config.keyFile, { dataFolder: databaseFolder(config) });
}
