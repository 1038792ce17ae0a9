import { type Kysely, sql } from 'kysely';

/** Finds the few incidents that are open among all that ever were. */
export async function indexOpenIncidents(db: Kysely<unknown>): Promise<void> {
  await sql.raw('CREATE INDEX incidents_state ON incidents (state, workspace, id)').execute(db);
}
