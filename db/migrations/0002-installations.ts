import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../connection.js';

const words = {
  sqlite: { text: 'TEXT', clustered: 'STRICT, WITHOUT ROWID' },
  postgres: { text: 'TEXT COLLATE "C"', clustered: '' },
} as const;

function statements(dialect: DialectName): string[] {
  const { text, clustered } = words[dialect];
  return [
    `CREATE TABLE installations (
      workspace ${text} PRIMARY KEY NOT NULL,
      name ${text} NOT NULL,
      sealed ${text} NOT NULL,
      installed_at ${text} NOT NULL
    ) ${clustered}`,
    `CREATE TABLE once_keys (
      key ${text} PRIMARY KEY NOT NULL,
      expires_at ${text} NOT NULL
    ) ${clustered}`,
    'CREATE INDEX once_keys_expiry ON once_keys (expires_at)',
    `CREATE TABLE shared_channels (
      workspace ${text} NOT NULL,
      channel_id ${text} NOT NULL,
      confirmed_by ${text} NOT NULL,
      confirmed_at ${text} NOT NULL,
      PRIMARY KEY (workspace, channel_id)
    ) ${clustered}`,
  ];
}

/** Room for chat installations by OAuth, for what may happen once only, and for confirmed shared channels. */
export async function addInstallations(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  for (const statement of statements(dialect)) await sql.raw(statement).execute(db);
}
