import { type Kysely, SelectQueryNode } from 'kysely';
import type { SqliteHandle } from './better-sqlite.js';
import { camelCase, objectOf } from './columns.js';
import {
  type Begin,
  type BulkTable,
  type BulkValues,
  type Connection,
  type PutRows,
  upsertParts,
} from './connection.js';
import type { Schema } from './schema.js';
import { named } from './sqlite-problems.js';
import type { WriteTurns } from './write-turns.js';

/** Statements with as many texts as there are ways to ask must not pile up. */
const mostListing = 200;

/** Rows in one statement: a call into SQLite costs more than a row. */
const rowsAtOnce = [32, 4, 1];

interface BulkStatement {
  /** The number of values it takes. */
  readonly width: number;
  run(values: BulkValues): void;
}

interface Prepared {
  /** Runs the statement; answers its rows with names as in the code. */
  run(parameters: readonly unknown[]): unknown[];
}

/** What the stores are built on. The open transaction owns the only connection: there the handle is used directly. */
export function sqliteConnection(
  db: Kysely<Schema>,
  handle: SqliteHandle,
  file: string,
  turns: WriteTurns | null,
): Connection {
  const known = new Map<string, Prepared>();
  const prepared = (text: string): Prepared => {
    const ready = known.get(text) ?? named(file, () => prepare(handle, text));
    known.set(text, ready);
    return ready;
  };
  const direct: Connection['run'] = async ({ sql }, parameters) =>
    named(file, () => prepared(sql).run(parameters));
  // Outside a transaction Kysely waits until no other one is open. What only reads needs nothing else from it.
  const queued: Connection['run'] = async (query, parameters, durability = 'at once') => {
    if (durability === 'soon') return begin(connection, durability, () => direct(query, parameters));
    if (SelectQueryNode.is(query.query)) return db.connection().execute(() => direct(query, parameters));
    return (await db.executeQuery({ ...query, parameters })).rows;
  };

  const listing = new Map<string, (parameters: readonly unknown[]) => unknown[][]>();
  const listed = (text: string) => {
    const ready = listing.get(text) ?? listAll(handle, text);
    if (listing.size >= mostListing) listing.clear();
    listing.set(text, ready);
    return ready;
  };
  const directLists: Connection['lists'] = async (statement) => {
    const { sql, parameters } = statement.compile(db);
    return named(file, () => listed(sql)(parameters));
  };
  // Kysely lends its only connection when no transaction is open; what it was given is read without its detours.
  const queuedLists: Connection['lists'] = (statement) =>
    db.connection().execute(() => directLists(statement));

  const bulk = new WeakMap<BulkTable, readonly BulkStatement[]>();
  const bulkOf = (table: BulkTable): readonly BulkStatement[] => {
    const ready = bulk.get(table) ?? named(file, () => prepareBulk(handle, table));
    bulk.set(table, ready);
    return ready;
  };
  const putRows: PutRows = async (_db, table, values) => {
    let place = 0;
    for (const { width, run } of bulkOf(table)) {
      named(file, () => {
        for (; place + width <= values.length; place += width) run(values.slice(place, place + width));
      });
    }
  };

  const step = (text: string) => named(file, () => prepared(text).run([]));

  /**
   * Kysely lends its only connection; what is begun on it is ours to end. Without a sync at its end a commit outlasts the
   * process, and the next synced one keeps it: the log is kept in order.
   */
  const begin: Begin = (_outside, durability, work) =>
    db.connection().execute(async (pinned) => {
      await turns?.take();
      try {
        if (durability === 'soon') step('pragma synchronous = normal');
        // A deferred transaction that reads first and writes later fails at once when another process wrote in between.
        step('begin immediate');
        try {
          const done = await work({ ...connection, ...inside, db: pinned });
          step('commit');
          return done;
        } catch (error) {
          if (handle.inTransaction) step('rollback');
          throw error;
        }
      } finally {
        turns?.give();
        if (durability === 'soon') step('pragma synchronous = full');
      }
    });
  const inside = { run: direct, lists: directLists, inTransaction: true } as const;
  const outside = { run: queued, lists: queuedLists, inTransaction: false } as const;
  const lock = async () => {};
  const connection: Connection = { db, dialect: 'sqlite', putRows, begin, lock, ...outside };
  return connection;
}

/** Those of many rows first. */
function prepareBulk(handle: SqliteHandle, table: BulkTable): BulkStatement[] {
  const { into, conflict } = upsertParts(table);
  const row = `(${table.columns.map(() => '?').join(', ')})`;
  return rowsAtOnce.map((rows) => {
    const marks = Array.from({ length: rows }, () => row).join(', ');
    const statement = handle.prepare<unknown[]>(`${into} values ${marks} ${conflict}`);
    return { width: rows * table.columns.length, run: (values) => void statement.run(values) };
  });
}

function listAll(handle: SqliteHandle, text: string): (parameters: readonly unknown[]) => unknown[][] {
  const statement = handle.prepare<unknown[]>(text).raw();
  return (parameters) => statement.all(parameters) as unknown[][];
}

function prepare(handle: SqliteHandle, text: string): Prepared {
  const statement = handle.prepare<unknown[]>(text);
  if (!statement.reader) {
    return {
      run(parameters) {
        statement.run(parameters);
        return [];
      },
    };
  }
  const names = statement.columns().map(({ name }) => camelCase(name));
  const lists = statement.raw();
  return { run: (parameters) => (lists.all(parameters) as unknown[][]).map((row) => objectOf(names, row)) };
}
