import { hash } from 'node:crypto';
import { CamelCasePlugin, type CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { arrayLiteral } from './array-literal.js';
import { camelCase, objectOf } from './columns.js';
import { type Begin, type Connection, type PutRows, upsertParts } from './connection.js';
import { refuseOutsideUse } from './outside-use.js';
import { postgresDriver, withSession } from './postgres-driver.js';
import type { Answer, Session, Statement } from './postgres-session.js';
import type { Schema } from './schema.js';

// Type ids of Postgres: int8 and numeric, which pg would give as text. Our numerics are sums of integers.
const integerTypes = new Set([20, 1700]);

/** Rows that are sent at once: about 100 kB of figures. */
const mostKept = 500;

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
    // To open one takes as long as a dozen questions, and it has to prepare its statements anew. Used are the same few.
    idleTimeoutMillis: 60_000,
    pipeline: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') => {
        return integerTypes.has(oid) ? BigInt : pg.types.getTypeParser(oid, format);
      },
    },
  });
  // Without a listener a connection that the server closes would end the process.
  pool.on('error', onIdleError);
  pool.on('connect', (client) => void client.on('error', onIdleError));
  const base = new PostgresDialect({ pool });
  const db = new Kysely<Schema>({
    dialect: {
      createAdapter: () => base.createAdapter(),
      createIntrospector: (inside) => base.createIntrospector(inside),
      createQueryCompiler: () => base.createQueryCompiler(),
      createDriver: () => {
        const driver = postgresDriver(pool);
        refuseOutsideUse(driver);
        return driver;
      },
    },
    plugins: [new CamelCasePlugin()],
  });
  return { connection: outside(db), pool };
}

/** Each statement is a transaction of its own. */
function outside(db: Kysely<Schema>): Connection {
  return {
    db,
    dialect: 'postgres',
    inTransaction: false,
    begin,
    // What is held to the end of a statement keeps nobody out.
    lock: async () => {},
    putRows: (_db, table, values) =>
      begin(outside(db), 'at once', (inside) => inside.putRows(inside.db, table, values)),
    run(query, parameters, durability = 'at once') {
      const statement = prepared(query, parameters);
      return withSession(db, async (session) =>
        rowsOf(await (durability === 'soon' ? session.askSoon(statement) : session.ask(statement))),
      );
    },
    lists(statement) {
      const { sql, parameters } = statement.compile(db);
      return withSession(db, async (session) => {
        const { rows } = await session.ask({ text: sql, values: parameters, rowMode: 'array' });
        return rows as unknown[][];
      });
    },
  };
}

const begin: Begin = (connection, durability, work) =>
  connection.db.connection().execute((pinned) =>
    withSession(pinned, async (session) => session).then(async (session) => {
      session.begin(durability);
      try {
        const done = await work({ ...connection, ...inside(pinned, session) });
        await session.commit();
        return done;
      } catch (error) {
        await session.rollback();
        throw error;
      }
    }),
  );

/** In a transaction what changes rows is told of only by what is asked next: nobody waits for it. */
function inside(db: Kysely<Schema>, session: Session) {
  const putRows: PutRows = async (_db, table, values) => {
    if (values.length === 0) return;
    const { into, conflict } = upsertParts(table);
    const columns = table.columns.map(({ type }, index) => {
      return `$${index + 1}::${type === 'integer' ? 'bigint[]' : 'text[]'}`;
    });
    // A parameter a column, so that neither their number nor the text grows with the rows.
    const text = `${into} select * from unnest(${columns.join(', ')}) ${conflict}`;
    const literals = table.columns.map((_, index) => arrayLiteral(table.columns, values, index));
    const statement = { name: nameOf(text), text, values: literals };
    if (values.length > mostKept * table.columns.length) await session.push(statement);
    else session.tell(statement);
  };
  const run: Connection['run'] = async (query, parameters) => {
    const statement = prepared(query, parameters);
    const { kind } = query.query;
    const isReading = kind === 'SelectQueryNode';
    if (isReading || kind === 'RawNode' || ('returning' in query.query && query.query.returning)) {
      return rowsOf(await session.ask(statement, isReading));
    }
    session.tell(statement);
    return [];
  };
  const lists: Connection['lists'] = async (statement) => {
    const { sql, parameters } = statement.compile(db);
    return (await session.ask({ text: sql, values: parameters, rowMode: 'array' }, true)).rows as unknown[][];
  };
  const lock: Connection['lock'] = async (name) => {
    const text = 'select pg_advisory_xact_lock(hashtext(current_schema() || $1))';
    session.tell({ name: nameOf(text), text, values: [`:tallyman:${name}`] }, true);
  };
  return { db, inTransaction: true, putRows, run, lists, lock } as const;
}

function prepared({ sql: text }: CompiledQuery, values: readonly unknown[]): Statement {
  return { name: nameOf(text), text, values, rowMode: 'array' };
}

const names = new Map<string, string>();

/**
 * Texts that are fixed in the code are prepared, so each connection keeps a few dozen. One text has one name in every
 * process and version, as a pooler may hand the server's connections around; it must know of prepared statements. (One
 * that hands them around by transaction would break the locks that sessions hold, with or without these names.)
 */
function nameOf(text: string): string {
  const known = names.get(text) ?? `tallyman-${hash('sha1', text, 'base64url')}`;
  names.set(text, known);
  return known;
}

function rowsOf({ rows, fields }: Answer): unknown[] {
  const columns = fields.map(({ name }) => camelCase(name));
  return (rows as unknown[][]).map((row) => objectOf(columns, row));
}
