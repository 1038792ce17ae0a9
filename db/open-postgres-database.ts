import type { Connection } from './connection.js';
import { currentSchema, migrate } from './migrate.js';
import type { Database, OpenOptions } from './open.js';
import { openPostgres } from './open-postgres.js';
import { migrateQueue, queueMovedJobs, queueSchemaOf } from './open-queue.js';
import { holdPresence } from './postgres-presence.js';
import { postgresQueue } from './postgres-queue.js';
import { openSlots } from './postgres-slots.js';
import { storesOn } from './stores.js';

/** Opens our tables and those of the queue, and brings both up to date. */
export async function openPostgresDatabase(
  url: string,
  options: OpenOptions,
): Promise<Database & { readonly connection: Connection }> {
  const { onIdleError = () => {} } = options;
  const presence = options.alone ? 'alone' : options.exclusive ? 'beside others' : null;
  const letGo = presence ? await holdPresence(url, presence, onIdleError) : async () => {};
  const opened = openPostgres(url, onIdleError);
  const { db } = opened.connection;
  const closing = async () => {
    await db.destroy();
    await letGo();
  };
  try {
    await migrate(db, 'postgres');
    const schema = queueSchemaOf(await currentSchema(db));
    await migrateQueue(opened, schema);
    const connection = { ...opened.connection, queueSchema: schema };
    await queueMovedJobs(connection, schema);
    const slots = openSlots(url, schema, onIdleError);
    return {
      connection,
      stores: storesOn(connection),
      dialect: 'postgres',
      shared: {
        slots,
        queue: postgresQueue({ connection, pool: opened.pool, schema, slots, onTrouble: onIdleError }),
      },
      close: async () => {
        await slots.close();
        await closing();
      },
    };
  } catch (error) {
    await closing();
    throw error;
  }
}
