import type { JobQueue, Stores } from '../src/ports.js';
import { databaseUrlUnknown } from '../src/problems/database.js';
import { ProblemError } from '../src/problems/problem.js';
import type { DialectName } from './connection.js';
import { migrate } from './migrate.js';
import { openSqlite } from './open-sqlite.js';
import type { PostgresSlots } from './postgres-slots.js';
import { storesOn } from './stores.js';
import type { WriteTurns } from './write-turns.js';

export interface Database {
  readonly stores: Stores;
  readonly dialect: DialectName;
  /** With Postgres: hands jobs out to all processes, and the places that they share. */
  readonly shared: { readonly queue: JobQueue; readonly slots: PostgresSlots } | null;
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
  if (isPostgres(url)) {
    const { openPostgresDatabase } = await import('./open-postgres-database.js');
    return openPostgresDatabase(url, options);
  }
  const { connection, letGo } = openFile(url, options);
  try {
    await migrate(connection.db, connection.dialect);
  } catch (error) {
    await connection.db.destroy();
    letGo();
    throw error;
  }
  return {
    stores: storesOn(connection),
    dialect: connection.dialect,
    shared: null,
    close: async () => {
      await connection.db.destroy();
      letGo();
    },
  };
}

export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

function openFile(url: string, options: OpenOptions): ReturnType<typeof openSqlite> {
  const file = url.replace(/^sqlite:(\/\/)?/, '');
  if (file === '' || /^[a-z][a-z0-9+]+:/i.test(file)) throw new ProblemError(databaseUrlUnknown());
  return openSqlite(file, { ...options, exclusive: options.exclusive || options.alone || false });
}
