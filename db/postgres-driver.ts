import { type DatabaseConnection, type Driver, type Kysely, type QueryResult, SelectQueryNode } from 'kysely';
import type pg from 'pg';
import { nameProblem } from './postgres-problems.js';
import { openSession, type Session } from './postgres-session.js';
import type { Schema } from './schema.js';

interface SessionConnection extends DatabaseConnection {
  readonly session: Session;
}

const counted = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'];

/** What Kysely does on Postgres, by sessions of ours. */
export function postgresDriver(pool: pg.Pool): Driver {
  return {
    init: async () => {},
    async acquireConnection() {
      return connectionOf(openSession(await pool.connect().catch(nameProblem)));
    },
    beginTransaction: async (connection) => sessionOf(connection).begin('at once'),
    commitTransaction: (connection) => sessionOf(connection).commit(),
    rollbackTransaction: (connection) => sessionOf(connection).rollback(),
    releaseConnection: async (connection) => sessionOf(connection).release(),
    destroy: () => pool.end(),
  };
}

/** Runs `work` with the session that `db` is pinned to, or with one that is lent for it. */
export function withSession<T>(db: Kysely<Schema>, work: (session: Session) => Promise<T>): Promise<T> {
  return db.getExecutor().provideConnection((connection) => work(sessionOf(connection)));
}

function sessionOf(connection: DatabaseConnection): Session {
  return (connection as SessionConnection).session;
}

function connectionOf(session: Session): SessionConnection {
  return {
    session,
    async executeQuery<R>({ sql, parameters, query }: Parameters<DatabaseConnection['executeQuery']>[0]) {
      const asked = session.ask({ text: sql, values: [...parameters] }, SelectQueryNode.is(query));
      const { command, rowCount, rows = [] } = await asked;
      const changed = counted.includes(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {};
      return { ...changed, rows: rows as R[] } satisfies QueryResult<R>;
    },
    // biome-ignore lint/correctness/useYield: it always throws
    async *streamQuery() {
      throw new Error('rows are not streamed');
    },
  };
}
