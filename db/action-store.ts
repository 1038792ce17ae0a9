import type { ActionStore } from '../src/access/workspace.js';
import { atomically, type Connection } from './connection.js';

export function actionStore(connection: Connection): ActionStore {
  const { db } = connection;
  return {
    async add(action) {
      const row = { ...action, form: Number(action.form) };
      // A button in a message that must not be lost is kept by the message's own transaction, which comes after. After
      // a power cut one in a passing answer says that it has expired.
      await atomically(
        connection,
        async (inside) => {
          await inside.db.insertInto('actions').values(row).execute();
        },
        'soon',
      );
    },
    async get(workspace, id) {
      const row = await db
        .selectFrom('actions')
        .selectAll()
        .where('id', '=', id)
        .where('workspace', '=', workspace)
        .executeTakeFirst();
      return row ? { ...row, form: row.form === 1n } : null;
    },
    async removeExpired(now) {
      const { numDeletedRows } = await db
        .deleteFrom('actions')
        .where('expiresAt', '<=', now)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
