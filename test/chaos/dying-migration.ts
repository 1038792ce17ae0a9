import { sql } from 'kysely';
import { migrate } from '../../db/migrate.js';
import { migrations } from '../../db/migrations/index.js';
import { openSqlite } from '../../db/open-sqlite.js';

/** Begins a migration on the database that it is told, and dies in the middle of it. */
const { connection } = openSqlite(process.argv[2] ?? '', {});
await migrate(connection.db, 'sqlite', {
  ...migrations,
  '9998-dies-half-way': async (db) => {
    await sql`create table half (id integer) strict`.execute(db);
    await sql`alter table outbox add column half text`.execute(db);
    process.kill(process.pid, 'SIGKILL');
  },
});
