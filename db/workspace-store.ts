import type { Workspace, WorkspaceStore } from '../src/access/workspace.js';
import { plain } from './columns.js';
import { atomically, type Connection } from './connection.js';

const hourMs = 3_600_000;

const defaults = {
  timeZone: 'UTC',
  quietFrom: null,
  quietTo: null,
  dmAlerts: 1,
  remindAfterMs: 24 * hourMs,
  escalateAfterMs: 48 * hourMs,
  mayAdd: 'members',
} as const;

export function workspaceStore(connection: Connection): WorkspaceStore {
  const { db } = connection;

  async function get(id: string): Promise<Workspace | null> {
    const row = await db.selectFrom('workspaces').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? { ...plain(row), dmAlerts: row.dmAlerts === 1n } : null;
  }

  return {
    get,
    async list() {
      const rows = await db.selectFrom('workspaces').selectAll().orderBy('id').execute();
      return rows.map((row) => ({ ...plain(row), dmAlerts: row.dmAlerts === 1n }));
    },
    async ensure(id, surface, name, installer, now) {
      const known = await get(id);
      if (known) return known;
      return atomically(connection, async (inside) => {
        const added = await inside.db
          .insertInto('workspaces')
          .values({ id, surface, name, createdAt: now, ...defaults })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        const store = workspaceStore(inside);
        if (added) await store.setAdmin(id, installer, true);
        const workspace = await store.get(id);
        if (!workspace) throw new Error('the workspace was not stored');
        return workspace;
      });
    },
    async change(id, { dmAlerts, ...settings }) {
      const set = { ...settings, ...(dmAlerts === undefined ? {} : { dmAlerts: Number(dmAlerts) }) };
      if (Object.keys(set).length === 0) return;
      await db.updateTable('workspaces').set(set).where('id', '=', id).execute();
    },
    async admins(id) {
      const rows = await db
        .selectFrom('admins')
        .select(['userId', 'userName'])
        .where('workspace', '=', id)
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ id: row.userId, name: row.userName }));
    },
    async setAdmin(id, user, isAdmin) {
      if (!isAdmin) {
        await db.deleteFrom('admins').where('workspace', '=', id).where('userId', '=', user.id).execute();
        return;
      }
      await db
        .insertInto('admins')
        .values({ workspace: id, userId: user.id, userName: user.name })
        .onConflict((conflict) =>
          conflict.columns(['workspace', 'userId']).doUpdateSet({ userName: user.name }),
        )
        .execute();
    },
  };
}
