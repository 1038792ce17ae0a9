import type { RunStore } from '../src/sync/run.js';
import { plain, toNumber } from './columns.js';
import { atomically, type Connection } from './connection.js';

export function runStore(connection: Connection): RunStore {
  const { db } = connection;
  return {
    start(run) {
      const empty = { endedAt: null, pages: 0, rows: 0, changes: 0, problemCode: null };
      return atomically(
        connection,
        async (inside) => {
          const { id } = await inside.db
            .insertInto('syncRuns')
            .values({ ...run, state: 'running', ...empty })
            .returning('id')
            .executeTakeFirstOrThrow();
          return toNumber(id);
        },
        'soon',
      );
    },
    async end(id, end) {
      await db.updateTable('syncRuns').set(end).where('id', '=', BigInt(id)).execute();
    },
    async latest(offerId, limit) {
      const rows = await db
        .selectFrom('syncRuns')
        .selectAll()
        .where('offerId', '=', BigInt(offerId))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(plain);
    },
    async atHostSince(host, since) {
      const rows = await db
        .selectFrom('syncRuns')
        .innerJoin('offers', 'offers.id', 'syncRuns.offerId')
        .selectAll('syncRuns')
        .where('offers.host', '=', host)
        .where('syncRuns.endedAt', '>=', since)
        .orderBy('syncRuns.id', 'desc')
        .execute();
      return rows.map(plain);
    },
    async closeAbandoned(startedBefore, now) {
      const { numUpdatedRows } = await db
        .updateTable('syncRuns')
        .set({ state: 'failed', endedAt: now })
        .where('state', '=', 'running')
        .where('startedAt', '<', startedBefore)
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
  };
}
