import type { Stores } from '../src/ports.js';
import { databaseUrlUnknown } from '../src/problems/database.js';
import { ProblemError } from '../src/problems/problem.js';
import type { Connection, DialectName } from './connection.js';
import { migrate } from './migrate.js';
import { openSqlite } from './open-sqlite.js';
import { storesOn } from './stores.js';
import type { WriteTurns } from './write-turns.js';

export interface Database {
  readonly stores: Stores;
  readonly dialect: DialectName;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** True for the running bot: refuses a second one on the same SQLite file. Short commands leave it out. */
  readonly exclusive?: boolean;
  /** True for work that no running bot may see half done, on Postgres too. */
  readonly alone?: boolean;
  /** How long SQLite waits for another process that writes; 5000 unless told. The whole process waits with it. */
  readonly busyTimeoutMs?: number;
  /** Where another thread of this process writes to the same SQLite file. */
  readonly turns?: WriteTurns | null;
  /** Told of Postgres connections that broke while idle; the next use opens a new one. */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * Opens `sqlite:path`, a bare path, `:memory:` or `postgres://…` and brings its tables up to date.
 * Throws a `ProblemError` with a code `database.…`.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  const { connection, letGo } = await connect(url, options);
  try {
    await migrate(connection.db, connection.dialect);
  } catch (error) {
    await connection.db.destroy();
    await letGo();
    throw error;
  }
  return {
    stores: storesOn(connection),
    dialect: connection.dialect,
    close: async () => {
      await connection.db.destroy();
      await letGo();
    },
  };
}

interface Connected {
  readonly connection: Connection;
  letGo(): void | Promise<void>;
}

async function connect(url: string, options: OpenOptions): Promise<Connected> {
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./open-postgres.js');
    const { holdPresence } = await import('./postgres-presence.js');
    const presence = options.alone ? 'alone' : options.exclusive ? 'beside others' : null;
    const letGo = presence ? await holdPresence(url, presence, options.onIdleError) : () => {};
    return { connection: openPostgres(url, options.onIdleError), letGo };
  }
  const file = url.replace(/^sqlite:(\/\/)?/, '');
  if (file === '' || /^[a-z][a-z0-9+]+:/i.test(file)) throw new ProblemError(databaseUrlUnknown());
  return openSqlite(file, { ...options, exclusive: options.exclusive || options.alone || false });
}
