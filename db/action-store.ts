import type { ActionStore } from '../src/access/workspace.js';
import type { Connection } from './connection.js';

export function actionStore({ db }: Connection): ActionStore {
  return {
    async add(action) {
      await db
        .insertInto('actions')
        .values({ ...action, form: Number(action.form) })
        .execute();
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
