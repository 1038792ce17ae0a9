import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CamelCasePlugin,
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from 'kysely';
import { databaseCannotOpen, databaseCorrupt } from '../src/problems/database.js';
import { ProblemError } from '../src/problems/problem.js';
import { BetterSqlite, type SqliteHandle } from './better-sqlite.js';
import type { Connection } from './connection.js';
import { giveWay } from './give-way.js';
import { endLongWaits, refuseOutsideUse } from './outside-use.js';
import type { Schema } from './schema.js';
import { sqliteConnection } from './sqlite-connection.js';
import { holdInstanceLock } from './sqlite-lock.js';
import { named } from './sqlite-problems.js';
import type { WriteTurns } from './write-turns.js';

type Handle = SqliteHandle;

/** Opens a SQLite file (or `:memory:`), looks for damage, and sets it up. */
export function openSqlite(
  file: string,
  {
    exclusive = false,
    busyTimeoutMs = 5000,
    turns = null,
  }: { readonly exclusive?: boolean; readonly busyTimeoutMs?: number; readonly turns?: WriteTurns | null },
): { connection: Connection; letGo: () => void } {
  makeFolder(file);
  const letGo = exclusive && file !== ':memory:' ? named(file, () => holdInstanceLock(file)) : () => {};
  try {
    const handle = named(file, () => openHandle(file, busyTimeoutMs));
    const part = !turns ? 'alone' : turns.goesFirst ? 'answering' : 'working';
    named(file, () => handle.pragma(`wal_autocheckpoint = ${logPages[part]}`));
    const db = new Kysely<Schema>({
      dialect: dialectFor(handle, file, turns),
      plugins: [new CamelCasePlugin()],
    });
    return { connection: sqliteConnection(db, handle, file, turns), letGo };
  } catch (error) {
    letGo();
    throw error;
  }
}

/**
 * How many pages (of 4 kB) gather in the log before they are moved into the file. The more, the less often those are moved
 * that change in each transaction: alone, syncs take some 6 % longer with a quarter of it. Beside a thread that answers
 * people it is less, because that one must wait meanwhile; and moving is left to the thread that nobody waits for.
 */
const logPages = { alone: 16_000, working: 4_000, answering: 20_000 } as const;

function makeFolder(file: string): void {
  if (file === ':memory:') return;
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch {
    throw new ProblemError(databaseCannotOpen(file));
  }
}

function openHandle(file: string, timeout: number): Handle {
  const isNew = file === ':memory:' || !existsSync(file);
  const handle = new BetterSqlite(file, { timeout });
  try {
    if (!isNew && handle.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw new ProblemError(databaseCorrupt(file));
    }
    handle.pragma('journal_mode = WAL');
    // FULL, because a power cut must not take back "sent" after a message went out: it would be sent again.
    handle.pragma('synchronous = FULL');
    handle.pragma('foreign_keys = ON');
    handle.defaultSafeIntegers(true);
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  // Kysely leaves this off; SQLite does take back DDL, and a migration must be whole or not there.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function dialectFor(handle: Handle, file: string, turns: WriteTurns | null): Dialect {
  const base = new SqliteDialect({ database: namingProblems(handle, file) });
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createIntrospector: (db) => base.createIntrospector(db),
    createQueryCompiler: () => base.createQueryCompiler(),
    createDriver: () => {
      const driver = base.createDriver();
      endLongWaits(driver);
      refuseOutsideUse(driver);
      if (turns) writeInTurns(driver, handle, turns);
      if (turns?.goesFirst) giveWay(driver);
      // A deferred transaction that reads first and writes later fails at once when another process wrote in between.
      driver.beginTransaction = async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      };
      return driver;
    },
  };
}

const writes = /^\s*(insert|update|delete)\b/i;

/** A statement that writes outside a transaction is one by itself. */
function writeInTurns(driver: Driver, handle: Handle, turns: WriteTurns): void {
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async () => {
    const connection = await acquire();
    const execute = Object.getPrototypeOf(connection).executeQuery as DatabaseConnection['executeQuery'];
    connection.executeQuery = async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      if (handle.inTransaction || !writes.test(query.sql)) return execute.call(connection, query) as never;
      await turns.take();
      try {
        return (await execute.call(connection, query)) as never;
      } finally {
        turns.give();
      }
    };
    return connection;
  };
}

/** Kysely asks for the same few statements again and again; those with lists of many lengths must not pile up. */
const mostStatements = 500;

function namingProblems(handle: Handle, file: string): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => handle.close(),
    prepare: (text) => {
      const known = prepared.get(text);
      if (known) return known;
      const statement = named(file, () => handle.prepare<unknown[]>(text));
      const ready: SqliteStatement = {
        reader: statement.reader,
        all: (parameters) => named(file, () => statement.all(...parameters)),
        run: (parameters) => named(file, () => statement.run(...parameters)),
        iterate: (parameters) => statement.iterate(...parameters) as IterableIterator<unknown>,
      };
      if (prepared.size >= mostStatements) prepared.clear();
      prepared.set(text, ready);
      return ready;
    },
  };
}
