import { Logger, runMigrations } from 'graphile-worker';
import { sql } from 'kysely';
import type { Job } from '../src/ports.js';
import { atomically, type Connection, holdLock } from './connection.js';
import type { OpenPostgres } from './open-postgres.js';
import { queueJob } from './queued-job-store.js';

/** The queue's tables stand in a schema of their own beside ours. */
export function queueSchemaOf(schema: string): string {
  return schema === 'public' ? 'tallyman_queue' : `${schema}_queue`;
}

/** Makes the queue's tables, one process at a time. */
export async function migrateQueue({ connection, pool }: OpenPostgres, schema: string): Promise<void> {
  await connection.db.connection().execute(async (pinned) => {
    const key = sql`hashtext(${`${schema}:migrate`})`;
    await sql`select pg_advisory_lock(${key})`.execute(pinned);
    try {
      await runMigrations({ pgPool: pool, schema, logger: new Logger(() => () => {}) });
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(pinned);
    }
  });
}

/** Puts jobs into the queue that stand in the table of our own: a SQLite database was moved here with them. */
export async function queueMovedJobs(connection: Connection, schema: string): Promise<void> {
  await atomically(connection, async (inside) => {
    const any = await inside.db.selectFrom('jobs').select('id').limit(1).executeTakeFirst();
    if (!any) return;
    await holdLock(inside, 'jobs');
    const moved = await inside.db.deleteFrom('jobs').returningAll().execute();
    for (const { kind, payload, lane, key, attempt, runAt } of moved) {
      const job = {
        kind,
        lane,
        key,
        attempt: Number(attempt),
        payload: JSON.parse(payload) as Job['payload'],
      };
      await queueJob(inside, schema, job, runAt);
    }
  });
}
