import { type Kysely, sql } from 'kysely';

const statements = [
  // Runs that a process which died has left: from now on a run is kept once it has ended, and its job says that it is under way.
  `UPDATE sync_runs SET state = 'failed', ended_at = coalesce(ended_at, started_at) WHERE state = 'running'`,
  'DROP INDEX sync_runs_running',
];

/** Each sync wrote its run twice, and an index of those under way. */
export async function keepRunsOnceEnded(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
