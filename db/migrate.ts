import { type Kysely, Migrator, sql } from 'kysely';
import { databaseNewer } from '../src/problems/database.js';
import { ProblemError } from '../src/problems/problem.js';
import type { DialectName } from './connection.js';
import { migrations } from './migrations/index.js';
import type { Schema } from './schema.js';

/** Brings the tables up to date, all or nothing. Throws `database.newer` when they are ahead of this program. */
export async function migrate(
  db: Kysely<Schema>,
  dialect: DialectName,
  known: typeof migrations = migrations,
): Promise<void> {
  const schema = dialect === 'postgres' ? await currentSchema(db) : undefined;
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(known).map(([name, step]) => [
            name,
            { up: (inside: Kysely<unknown>) => step(inside, dialect) },
          ]),
        ),
    },
    ...(schema ? { migrationTableSchema: schema } : {}),
  });
  await refuseNewer(db, schema, known);
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  // Another process may have migrated between the look and the lock.
  await refuseNewer(db, schema, known);
  throw error;
}

export async function currentSchema(db: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  return rows[0]?.schema ?? 'public';
}

async function refuseNewer(
  db: Kysely<Schema>,
  schema: string | undefined,
  known: typeof migrations,
): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const exists = tables.some((table) => {
    return table.name === 'kysely_migration' && (!schema || table.schema === schema);
  });
  if (!exists) return;
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  if (done.rows.some(({ name }) => !(name in known))) throw new ProblemError(databaseNewer());
}
