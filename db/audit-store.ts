import type { AuditStore } from '../src/access/workspace.js';
import type { Connection } from './connection.js';

export function auditStore({ db }: Connection): AuditStore {
  return {
    async add(entry) {
      await db.insertInto('audit').values(entry).execute();
    },
    latest(workspace, limit) {
      return db
        .selectFrom('audit')
        .select(['workspace', 'at', 'userId', 'userName', 'action', 'subject', 'outcome'])
        .where('workspace', '=', workspace)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
    },
  };
}
