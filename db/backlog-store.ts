import type { BacklogStore } from '../src/backlog.js';
import { toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { countWaiting } from './jobs-on.js';

export function backlogStore(connection: Connection): BacklogStore {
  const { db } = connection;
  return {
    async measure() {
      const outbox = await db
        .selectFrom('outbox')
        .select(({ fn }) => [fn.countAll<bigint>().as('count'), fn.min('createdAt').as('oldest')])
        .where('state', 'in', ['new', 'sending'])
        .executeTakeFirstOrThrow();
      const incidents = await db
        .selectFrom('incidents')
        .select(({ fn }) => ['kind', fn.countAll<bigint>().as('count')])
        .where('state', '<>', 'recovered')
        .groupBy('kind')
        .orderBy('kind')
        .execute();
      return {
        jobsWaiting: await countWaiting(connection),
        outboxWaiting: toNumber(outbox.count),
        outboxOldest: outbox.oldest,
        incidentsOpen: new Map(incidents.map(({ kind, count }) => [kind, toNumber(count)])),
      };
    },
  };
}
