import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../connection.js';

function statements(dialect: DialectName): string[] {
  const text = dialect === 'postgres' ? 'TEXT COLLATE "C"' : 'TEXT';
  return [
    // Rates are those of a run, and a day names its run.
    `ALTER TABLE sync_runs ADD COLUMN rates_date ${text}`,
    `UPDATE sync_runs SET rates_date = (
      SELECT max(named.rates_date) FROM offer_days named
      WHERE named.offer_id = sync_runs.offer_id AND named.run_id = sync_runs.id
        AND named.day >= sync_runs."from" AND named.day <= sync_runs."to")
    WHERE id IN (SELECT run_id FROM offer_days WHERE rates_date IS NOT NULL)`,
    'ALTER TABLE offer_days DROP COLUMN rates_date',
    // When a figure changed stands in figure_changes.
    'ALTER TABLE offer_days DROP COLUMN changed_at',
    // One index for what two were asked: each run is written to every one of them.
    'CREATE INDEX sync_runs_of ON sync_runs (offer_id, ended_at, id)',
    'DROP INDEX sync_runs_offer',
    'DROP INDEX sync_runs_ended',
    `ALTER TABLE jobs ADD COLUMN host ${text}`,
    'UPDATE jobs SET host = (SELECT offers.host FROM offers WHERE offers.id = jobs.offer_id)',
    // Asked for only when an offer is removed; few jobs wait.
    'DROP INDEX jobs_offer',
  ];
}

/** Fewer pages to write for each sync, and fewer to read for the next job. */
export async function lightenSyncs(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of statements(dialect)) await sql.raw(statement).execute(db);
}
