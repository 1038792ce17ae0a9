import { sql } from 'kysely';
import type { MovedTable } from '../src/operations/move.js';
import type { Stores } from '../src/ports.js';
import { databaseCorrupt, databaseNewer } from '../src/problems/database.js';
import { moveNotSame, moveRowRefused, moveSourceOld, moveTargetNotEmpty } from '../src/problems/move.js';
import { databaseNotThere } from '../src/problems/operations.js';
import { ProblemError } from '../src/problems/problem.js';
import { BetterSqlite, type SqliteHandle } from './better-sqlite.js';
import { type Connection, guarded } from './connection.js';
import { migrations } from './migrations/index.js';
import { openPostgresDatabase } from './open-postgres-database.js';
import { type SourceTable, sourceTables } from './source-tables.js';
import { holdInstanceLock } from './sqlite-lock.js';
import { named } from './sqlite-problems.js';
import { storesOn } from './stores.js';

const batch = 5000;

/**
 * Copies every row of a SQLite file into an empty Postgres database and compares them one by one, all in one
 * transaction: killed at any moment, the target is as empty as before, and the file is only read. `check` looks at the
 * copy before it stays. No bot may be at work on either. Throws a `ProblemError`.
 */
export async function moveDatabase(
  file: string,
  target: string,
  check: (stores: Stores) => Promise<void>,
): Promise<readonly MovedTable[]> {
  const source = openSource(file);
  try {
    const database = await openPostgresDatabase(target, { alone: true });
    try {
      return await guarded(
        database.connection,
        async (inside) => {
          const moved = await copyAll(source.handle, inside);
          await check(storesOn(inside));
          return moved;
        },
        'at once',
      );
    } finally {
      await database.close();
    }
  } finally {
    source.close();
  }
}

async function copyAll(source: SqliteHandle, inside: Connection): Promise<MovedTable[]> {
  const tables = sourceTables(source);
  for (const table of tables) await refuseRows(inside, table);
  const moved: MovedTable[] = [];
  for (const table of tables) {
    await copyTable(source, inside, table);
    moved.push({ name: table.name, rows: await compareTable(source, inside, table) });
  }
  return moved;
}

/** The file stays as it is and nobody writes to it meanwhile. */
function openSource(file: string): { readonly handle: SqliteHandle; close(): void } {
  const letGo = named(file, () => holdInstanceLock(file));
  try {
    const handle = openExisting(file);
    try {
      handle.defaultSafeIntegers(true);
      if (handle.pragma('quick_check(1)', { simple: true }) !== 'ok')
        throw new ProblemError(databaseCorrupt(file));
      refuseOtherSchema(handle, file);
      named(file, () => handle.exec('begin immediate'));
    } catch (error) {
      handle.close();
      throw error;
    }
    return {
      handle,
      close() {
        handle.close();
        letGo();
      },
    };
  } catch (error) {
    letGo();
    throw error;
  }
}

function openExisting(file: string): SqliteHandle {
  try {
    return new BetterSqlite(file, { fileMustExist: true, timeout: 5000 });
  } catch {
    throw new ProblemError(databaseNotThere(file));
  }
}

function refuseOtherSchema(handle: SqliteHandle, file: string): void {
  const known = Object.keys(migrations);
  const done = named(file, () =>
    handle.prepare<[], { name: string }>('select name from kysely_migration').all(),
  ).map(({ name }) => name);
  if (done.some((name) => !known.includes(name))) throw new ProblemError(databaseNewer());
  if (done.length < known.length) throw new ProblemError(moveSourceOld(file));
}

async function refuseRows({ db }: Connection, { name }: SourceTable): Promise<void> {
  const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
  if (rows.length > 0) throw new ProblemError(moveTargetNotEmpty());
}

async function copyTable(source: SqliteHandle, inside: Connection, table: SourceTable): Promise<void> {
  for (const rows of batches(source, table)) {
    await inside.putRows(inside.db, { ...quoted(table), key: [] }, rows.flat()).catch((error: unknown) => {
      throw refusal(error, table);
    });
  }
  // What Postgres makes of the rows is told with the next answer.
  await sql`select 1`.execute(inside.db).catch((error: unknown) => {
    throw refusal(error, table);
  });
  if (table.lastId !== null) {
    await sql`select setval(pg_get_serial_sequence(${table.name}, 'id'), ${table.lastId})`.execute(inside.db);
  }
}

/** Both in the order of the key, which is the same on both: texts are ordered by their bytes. */
async function compareTable(source: SqliteHandle, inside: Connection, table: SourceTable): Promise<number> {
  const { name, columns, key } = quoted(table);
  const list = columns.map((column) => column.name).join(', ');
  const cursor = sql.raw('compared');
  await sql`declare ${cursor} no scroll cursor for
    select ${sql.raw(list)} from ${sql.raw(name)} order by ${sql.raw(key.join(', '))}`.execute(inside.db);
  let compared = 0;
  const fetch = async () => (await sql<Row>`fetch ${sql.lit(batch)} from ${cursor}`.execute(inside.db)).rows;
  for (const rows of batches(source, table)) {
    const copies = await fetch();
    const isSame =
      rows.length === copies.length && rows.every((row, index) => same(table, row, copies[index]));
    if (!isSame) throw new ProblemError(moveNotSame(table.name));
    compared += rows.length;
  }
  if ((await fetch()).length > 0) throw new ProblemError(moveNotSame(table.name));
  await sql`close ${cursor}`.execute(inside.db);
  return compared;
}

type SourceRow = readonly (string | bigint | null)[];
type Row = Readonly<Record<string, unknown>>;

/** Kysely answers in camel case. */
function same({ columns }: SourceTable, row: SourceRow, copy: Row | undefined): boolean {
  return columns.every(({ name }, index) => copy !== undefined && copy[camelCase(name)] === row[index]);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `from` and `to` are words of SQL. */
function quoted<T extends Pick<SourceTable, 'name' | 'columns' | 'key'>>(table: T): T {
  const columns = table.columns.map((column) => ({ ...column, name: `"${column.name}"` }));
  return { ...table, columns, key: table.key.map((name) => `"${name}"`) };
}

function* batches(source: SqliteHandle, table: SourceTable): Generator<SourceRow[]> {
  const { name, columns, key } = quoted(table);
  const list = columns.map((column) => column.name).join(', ');
  const all = source.prepare<[], unknown>(`select ${list} from ${name} order by ${key.join(', ')}`);
  let rows: SourceRow[] = [];
  for (const row of all.raw().iterate()) {
    rows.push(row as SourceRow);
    if (rows.length === batch) {
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

/** Postgres takes no text with a character 0 in it (22021), and SQLite does. */
function refusal(error: unknown, { name }: SourceTable): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^22/.test(code) ? new ProblemError(moveRowRefused(name)) : error;
}
