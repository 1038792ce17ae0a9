import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import { type Begin, type Connection, type PutRows, refuseOutsideUse, upsertParts } from './connection.js';
import { nameProblem } from './postgres-problems.js';
import type { Schema } from './schema.js';

// Type ids of Postgres: int8 and numeric, which pg would give as text. Our numerics are sums of integers.
const integerTypes = new Set([20, 1700]);

export interface OpenPostgres {
  readonly connection: Connection;
  readonly pool: pg.Pool;
}

/** Opens a pool. Nothing is asked of the server yet. */
export function openPostgres(url: string, onIdleError: (error: Error) => void = () => {}): OpenPostgres {
  const pool = new pg.Pool({
    connectionString: url,
    // One of them listens for jobs.
    max: 12,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') => {
        return integerTypes.has(oid) ? BigInt : pg.types.getTypeParser(oid, format);
      },
    },
  });
  // Without a listener a connection that the server closes would end the process.
  pool.on('error', onIdleError);
  pool.on('connect', (client) => void client.on('error', onIdleError));
  const base = new PostgresDialect({ pool: namingProblems(pool) });
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => base.createAdapter(),
      createIntrospector: (inside) => base.createIntrospector(inside),
      createQueryCompiler: () => base.createQueryCompiler(),
      createDriver: () => {
        const driver = base.createDriver();
        refuseOutsideUse(driver);
        return driver;
      },
    },
    plugins: [new CamelCasePlugin()],
  });
  return { connection: onPostgres(db), pool };
}

function onPostgres(db: Kysely<Schema>): Connection {
  const run: Connection['run'] = async (query, parameters) =>
    (await db.executeQuery({ ...query, parameters })).rows;
  const plain = db.withoutPlugins();
  const lists: Connection['lists'] = async (statement) => {
    const { rows } = await statement.execute(plain);
    return rows.map((row) => Object.values(row as object));
  };
  return { db, dialect: 'postgres', inTransaction: db.isTransaction, putRows, begin, run, lists };
}

const begin: Begin = (connection, durability, work) =>
  connection.db.transaction().execute(async (inside) => {
    if (durability === 'soon') await sql`set local synchronous_commit = off`.execute(inside);
    return work({ ...connection, ...onPostgres(inside) });
  });

function namingProblems(pool: pg.Pool): PostgresPool {
  return {
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect().catch(nameProblem);
      return {
        release: () => client.release(),
        // Kysely calls the form with text and parameters only, as no cursor is configured.
        query: (text: unknown, parameters?: readonly unknown[]) => {
          return client.query(text as string, [...(parameters ?? [])]).catch(nameProblem) as never;
        },
      };
    },
  };
}

/** One statement for many rows: a parameter a column, so that their number does not grow with the rows. */
const putRows: PutRows = async (db, table, rows) => {
  if (rows.length === 0) return;
  const { into, conflict } = upsertParts(table);
  const columns = table.columns.map((column, index) => {
    const values = rows.map((row) => row[index] ?? null);
    return sql`${sql.val(values)}::${sql.raw(column.type === 'integer' ? 'bigint[]' : 'text[]')}`;
  });
  await sql`${sql.raw(into)} select * from unnest(${sql.join(columns)}) ${sql.raw(conflict)}`.execute(db);
};
