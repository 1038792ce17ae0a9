import { sql } from 'kysely';
import type { Instant } from '../src/dates.js';
import type { Job, JobChoice, JobStore } from '../src/ports.js';
import { toNumber } from './columns.js';
import { atomically, type Connection, holdLock } from './connection.js';
import { hot } from './hot.js';
import { literal } from './literal.js';

const laneIsFree = sql<boolean>`not exists (
  select 1 from jobs r where r.state = 'running' and r.lane = jobs.lane)`;

/** Jobs of one host that run at a time: a slow host must not hold all workers. */
const mostOfHost = 3;

/** Asks once which hosts have so many running, and not for each job. */
const runsFewerThan = (most: number) => sql<boolean>`coalesce(host, '') not in (
  select r.host from jobs r
  where r.state = 'running' and r.host is not null
  group by r.host having count(*) >= ${sql.lit(most)})`;

/** So many are looked at for one whose host is at rest: it can use the connection that another job left there. */
const lookAhead = 64;

/** True for a first try at an offer whose last reading was good. */
const isInGoodHealth = sql<boolean>`attempt = 0 and not exists (
  select 1 from offers o
  where o.id = jobs.offer_id and o.last_sync_at > coalesce(o.last_good_sync_at, ''))`;

const takeDue = (which: JobChoice) =>
  hot(
    (db, now: Instant, leaseUntil: Instant) =>
      db
        .updateTable('jobs')
        .set({ state: 'running', leaseUntil })
        .where('id', '=', ({ fn, selectFrom }) => {
          const inOrder = selectFrom('jobs')
            .select(['id', 'host'])
            .where('state', '=', literal('waiting'))
            .where('runAt', '<=', now)
            .where(laneIsFree)
            .$if(which === 'in good health', (query) => query.where(isInGoodHealth))
            .orderBy('runAt')
            .orderBy('id');
          return fn.coalesce(
            selectFrom(inOrder.limit(sql.lit(lookAhead)).as('next'))
              .select('id')
              .where(runsFewerThan(1))
              .limit(1),
            inOrder.clearSelect().select('id').where(runsFewerThan(mostOfHost)).limit(1),
          );
        })
        .returning(['id', 'kind', 'payload', 'lane', 'attempt']),
    'soon',
  );

const takeFirstDue = { any: takeDue('any'), 'in good health': takeDue('in good health') };

const addJob = hot(
  (db, kind: string, payload: string, lane: string, key: string, runAt: Instant, offerId: number | null) =>
    db
      .insertInto('jobs')
      .values(({ selectFrom }) => ({
        ...{ kind, payload, lane, key, runAt, offerId, state: literal('waiting'), attempt: 0 },
        host: selectFrom('offers').select('offers.host').where('offers.id', '=', sql<bigint>`${offerId}`),
      }))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id'),
);

const deleteJob = hot((db, id: bigint) => db.deleteFrom('jobs').where('id', '=', id));

/** A job belongs to an offer when its payload has a number `offerId`. */
export function jobStore(connection: Connection): JobStore {
  const { db } = connection;
  return {
    async add({ kind, payload, lane, key, runAt }) {
      const offerId = typeof payload.offerId === 'number' ? payload.offerId : null;
      const added = await addJob(connection, kind, JSON.stringify(payload), lane, key, runAt, offerId);
      return added.length > 0;
    },
    async claim(now, leaseUntil, which = 'any') {
      const [row] = await takeFirstDue[which](connection, now, leaseUntil);
      if (!row) return null;
      return {
        ...row,
        id: toNumber(row.id),
        attempt: toNumber(row.attempt),
        payload: JSON.parse(row.payload) as Job['payload'],
      };
    },
    done(id) {
      // A power cut may bring the job back: it is done again, as all jobs can be.
      return atomically(
        connection,
        async (inside) => {
          await deleteJob(inside, BigInt(id));
        },
        'soon',
      );
    },
    retry(id, runAt) {
      return atomically(connection, (inside) => release(inside, BigInt(id), runAt, 1), 'soon');
    },
    postpone(id, runAt) {
      return atomically(connection, (inside) => release(inside, BigInt(id), runAt, 0), 'soon');
    },
    async extend(id, leaseUntil) {
      await db
        .updateTable('jobs')
        .set({ leaseUntil })
        .where('id', '=', BigInt(id))
        .where('state', '=', 'running')
        .execute();
    },
    releaseExpired(now) {
      return atomically(connection, async (inside) => {
        const expired = await inside.db
          .selectFrom('jobs')
          .select(['id', 'runAt'])
          .where('state', '=', 'running')
          .where('leaseUntil', '<', now)
          .orderBy('id')
          .execute();
        for (const job of expired) await release(inside, job.id, job.runAt, 0);
        return expired.length;
      });
    },
    async nextDue() {
      const row = await db
        .selectFrom('jobs')
        .select(({ fn }) => fn.min('runAt').as('due'))
        .where('state', '=', literal('waiting'))
        .where(laneIsFree)
        .executeTakeFirst();
      return row?.due ?? null;
    },
    async removeForOffer(offerId) {
      await db.deleteFrom('jobs').where('offerId', '=', BigInt(offerId)).execute();
    },
  };
}

/** Lets a running job wait again. When one of its key was added meanwhile, that one does its work. */
async function release(connection: Connection, id: bigint, runAt: string, tries: 0 | 1): Promise<void> {
  await holdLock(connection, 'jobs');
  const { db } = connection;
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where(sql<boolean>`exists (select 1 from jobs w where w.state = 'waiting' and w.key = jobs.key)`)
    .executeTakeFirstOrThrow();
  if (numDeletedRows > 0n) return;
  await db
    .updateTable('jobs')
    .set({ state: 'waiting', runAt, leaseUntil: null, attempt: sql<bigint>`attempt + ${tries}` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

export async function countWaitingJobs({ db }: Connection): Promise<number> {
  const { count } = await db
    .selectFrom('jobs')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return toNumber(count);
}
