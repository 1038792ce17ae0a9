import type { RestoreStore } from '../src/restored.js';
import { atomically, type Connection } from './connection.js';

export function restoreStore(connection: Connection): RestoreStore {
  const { db } = connection;
  return {
    mark(at) {
      return atomically(connection, async (inside) => {
        await inside.db
          .insertInto('restores')
          .values({ at })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const { numUpdatedRows } = await inside.db
          .updateTable('outbox')
          .set({ state: 'dropped' })
          .where('state', 'in', ['new', 'sending'])
          .executeTakeFirstOrThrow();
        return Number(numUpdatedRows);
      });
    },
    async latest() {
      const row = await db
        .selectFrom('restores')
        .select(({ fn }) => fn.max('at').as('at'))
        .executeTakeFirst();
      return row?.at ?? null;
    },
  };
}
