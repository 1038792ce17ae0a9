import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../connection.js';

/** Room to remember that this database was restored from a backup. */
export async function addRestores(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const text = dialect === 'sqlite' ? 'TEXT' : 'TEXT COLLATE "C"';
  const end = dialect === 'sqlite' ? 'STRICT, WITHOUT ROWID' : '';
  await sql.raw(`CREATE TABLE restores (at ${text} PRIMARY KEY NOT NULL) ${end}`).execute(db);
}
