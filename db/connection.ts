import type { CompiledQuery, Kysely, RawBuilder } from 'kysely';
import type { Durability } from '../src/ports.js';
import { asTransaction } from './outside-use.js';
import type { Schema } from './schema.js';

export type DialectName = 'sqlite' | 'postgres';

/** A table as bulk writing sees it, names as in the database. Without `key` rows are only added. */
export interface BulkTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: 'integer' | 'text' }[];
  readonly key: readonly string[];
}

/** The values of many rows, one row after the other, in the order of the table's columns. */
export type BulkValues = readonly (string | number | bigint | null)[];

/** Adds rows, or replaces those of the same key. Must run inside the transaction `db`. */
export type PutRows = (db: Kysely<Schema>, table: BulkTable, values: BulkValues) => Promise<void>;

/** Runs `work` in a transaction of its own. */
export type Begin = <T>(
  connection: Connection,
  durability: Durability,
  work: (inside: Connection) => Promise<T>,
) => Promise<T>;

/** What every store is built on: the database or one open transaction of it. */
export interface Connection {
  readonly db: Kysely<Schema>;
  readonly dialect: DialectName;
  readonly inTransaction: boolean;
  readonly putRows: PutRows;
  /**
   * Runs a statement that Kysely has compiled, with these parameters; answers its rows. Its text is fixed in the code.
   * `durability` says how it is kept where it is a transaction of its own.
   */
  run(query: CompiledQuery, parameters: readonly unknown[], durability?: Durability): Promise<unknown[]>;
  /** Reads many rows: each as a list in the order of the columns, which need names of their own. */
  lists(statement: RawBuilder<unknown>): Promise<readonly (readonly unknown[])[]>;
  readonly begin: Begin;
  /** Lets one process at a time past, until the transaction ends. SQLite has a single writer anyway. */
  lock(name: string): Promise<void>;
  /** Where graphile-worker keeps its tables; left out where jobs are in a table of our own. */
  readonly queueSchema?: string;
}

/** Runs `work` in the transaction that is open, or in one of its own. */
export function atomically<T>(
  connection: Connection,
  work: (inside: Connection) => Promise<T>,
  durability: Durability = 'at once',
): Promise<T> {
  if (connection.inTransaction) return work(connection);
  return connection.begin(connection, durability, work);
}

/** Like `atomically`, for work that must not use the database otherwise. */
export async function guarded<T>(
  connection: Connection,
  work: (inside: Connection) => Promise<T>,
  durability: Durability,
): Promise<T> {
  if (connection.inTransaction) throw new Error('transactions do not nest');
  return connection.begin(connection, durability, (inside) => asTransaction(() => work(inside)));
}

/** Lets one process at a time past, until the transaction ends. SQLite has a single writer anyway. */
export function holdLock(connection: Connection, name: string): Promise<void> {
  return connection.lock(name);
}

/** True where what a transaction reads to change it must be kept from other processes; SQLite has a single writer. */
export function locksRows({ dialect, inTransaction }: Connection): boolean {
  return dialect === 'postgres' && inTransaction;
}

/** The statement's beginning that both databases share: columns, and what happens to rows of the same key. */
export function upsertParts(table: BulkTable): { readonly into: string; readonly conflict: string } {
  const names = table.columns.map((column) => column.name);
  const replaced = names.filter((name) => !table.key.includes(name));
  const updates = replaced.map((name) => `${name} = excluded.${name}`).join(', ');
  return {
    into: `insert into ${table.name} (${names.join(', ')})`,
    conflict: table.key.length === 0 ? '' : `on conflict (${table.key.join(', ')}) do update set ${updates}`,
  };
}
