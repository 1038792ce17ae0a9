import type { Day, Instant } from '../src/dates.js';
import type { RunStore, SyncReason, SyncRun } from '../src/sync/run.js';
import { plain, toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { hot } from './hot.js';

const startRun = hot((db, offerId: number, reason: SyncReason, from: Day, to: Day, startedAt: Instant) => {
  const empty = { endedAt: null, pages: 0, rows: 0, changes: 0, problemCode: null };
  const run = { offerId, reason, from, to, startedAt, state: 'running', ...empty } as const;
  return db.insertInto('syncRuns').values(run).returning('id');
}, 'soon');

const endRun = hot(
  (
    db,
    id: bigint,
    state: SyncRun['state'],
    endedAt: Instant | null,
    pages: number,
    rows: number,
    changes: number,
    problemCode: string | null,
  ) =>
    db
      .updateTable('syncRuns')
      .set({ state, endedAt, pages, rows, changes, problemCode })
      .where('id', '=', id),
);

const latestRuns = hot((db, offerId: bigint, limit: number) =>
  db.selectFrom('syncRuns').selectAll().where('offerId', '=', offerId).orderBy('id', 'desc').limit(limit),
);

export function runStore(connection: Connection): RunStore {
  const { db } = connection;
  return {
    async start({ offerId, reason, from, to, startedAt }) {
      const [run] = await startRun(connection, offerId, reason, from, to, startedAt);
      if (!run) throw new Error('a run that was not stored');
      return toNumber(run.id);
    },
    async end(id, { state, endedAt, pages, rows, changes, problemCode }) {
      await endRun(connection, BigInt(id), state, endedAt, pages, rows, changes, problemCode);
    },
    async latest(offerId, limit) {
      return (await latestRuns(connection, BigInt(offerId), limit)).map(plain);
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
