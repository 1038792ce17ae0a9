import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../connection.js';

/** What a chat surface remembers over a restart. */
export async function surfaceState(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const text = dialect === 'sqlite' ? 'TEXT' : 'TEXT COLLATE "C"';
  const end = dialect === 'sqlite' ? 'STRICT, WITHOUT ROWID' : '';
  const statement = `CREATE TABLE surface_state (
    key ${text} PRIMARY KEY NOT NULL,
    value ${text} NOT NULL
  ) ${end}`;
  await sql.raw(statement).execute(db);
}
