import type { Day, Instant } from '../src/dates.js';
import type { RunStore, SyncReason, SyncRun } from '../src/sync/run.js';
import { plain, toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { hot } from './hot.js';

const addRun = hot(
  (
    db,
    offerId: number,
    reason: SyncReason,
    from: Day,
    to: Day,
    state: SyncRun['state'],
    startedAt: Instant,
    endedAt: Instant,
    pages: number,
    rows: number,
    changes: number,
    problemCode: string | null,
    ratesDate: Day | null,
  ) =>
    db
      .insertInto('syncRuns')
      .values({
        ...{ offerId, reason, from, to, state, startedAt, endedAt },
        ...{ pages, rows, changes, problemCode, ratesDate },
      })
      .returning('id'),
  'soon',
);

const setChanges = hot((db, id: bigint, changes: number) =>
  db.updateTable('syncRuns').set({ changes }).where('id', '=', id),
);

const latestRuns = hot((db, offerId: bigint, limit: number) =>
  db
    .selectFrom('syncRuns')
    .selectAll()
    .where('offerId', '=', offerId)
    .orderBy('endedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit),
);

export function runStore(connection: Connection): RunStore {
  const { db } = connection;
  return {
    async add(run) {
      const { offerId, reason, from, to, state, startedAt, endedAt } = run;
      const task = [offerId, reason, from, to] as const;
      const end = [state, startedAt, endedAt, run.pages, run.rows, run.changes] as const;
      const [added] = await addRun(connection, ...task, ...end, run.problemCode, run.ratesDate);
      if (!added) throw new Error('a run that was not stored');
      return toNumber(added.id);
    },
    async setChanges(id, changes) {
      await setChanges(connection, BigInt(id), changes);
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
  };
}
