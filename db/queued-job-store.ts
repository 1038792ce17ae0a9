import { type RawBuilder, sql } from 'kysely';
import { type Instant, toInstant } from '../src/dates.js';
import type { JobStore } from '../src/ports.js';
import { toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { inTrouble, type QueuedJob, queueFlag, queueTask } from './queued-job.js';

/** Tries are counted by us: the queue itself must never give a job up. It keeps this number in 16 bits. */
const mostTries = 32_767;

const isWaiting = sql<boolean>`locked_at is null and attempts < max_attempts`;

function jobsIn(schema: string): RawBuilder<unknown> {
  return sql.id(schema, 'jobs');
}

/**
 * Jobs in the tables of graphile-worker, through its own functions, so that adding one is part of the transaction.
 * A job belongs to an offer when its payload has a number `offerId`.
 */
export function queuedJobStore(connection: Connection, schema: string): JobStore {
  const { db } = connection;
  const jobs = jobsIn(schema);
  return {
    async add({ runAt, ...job }) {
      const known = await sql`select 1 from ${jobs} where key = ${job.key} and ${isWaiting}`.execute(db);
      if (known.rows.length > 0) return false;
      await queueJob(connection, schema, { ...job, attempt: 0 }, runAt);
      return true;
    },
    claim: async () => null,
    done: refuse,
    retry: refuse,
    postpone: refuse,
    extend: refuse,
    releaseExpired: async () => 0,
    async nextDue() {
      const found = await sql<{ due: Date | null }>`
        select min(run_at) as due from ${jobs} where ${isWaiting}`.execute(db);
      const due = found.rows[0]?.due;
      return due ? toInstant(due.getTime()) : null;
    },
    async removeForOffer(offerId) {
      await sql`select ${sql.id(schema, 'complete_jobs')}(array(
        select id from ${jobs} where flags ? ${queueFlag('offer', offerId)}))`.execute(db);
    },
  };
}

async function refuse(): Promise<never> {
  throw new Error('jobs of a queue are not claimed one by one');
}

/** Puts a job into the queue. When one of its key waits, that one keeps its time; one that runs is left to end. */
export async function queueJob(
  { db }: Connection,
  schema: string,
  job: QueuedJob,
  runAt: Instant,
): Promise<void> {
  const flags = await flagsOf(db, job);
  await sql`select ${sql.id(schema, 'add_job')}(
    ${queueTask}, payload => ${JSON.stringify(job)}::json, run_at => ${runAt}::timestamptz,
    max_attempts => ${mostTries}, job_key => ${job.key}, flags => ${sql.val(flags)}::text[],
    job_key_mode => 'preserve_run_at')`.execute(db);
}

/** By these the queue passes over jobs whose place is taken. */
async function flagsOf(db: Connection['db'], { payload, lane, attempt }: QueuedJob): Promise<string[]> {
  const { offerId } = payload;
  const ofLane = queueFlag('lane', lane);
  if (typeof offerId !== 'number') return [ofLane];
  const offer = await db
    .selectFrom('offers')
    .select(['host', 'lastSyncAt', 'lastGoodSyncAt'])
    .where('id', '=', BigInt(offerId))
    .executeTakeFirst();
  const flags = [ofLane, queueFlag('offer', offerId)];
  if (!offer) return flags;
  const failedLast = offer.lastSyncAt !== null && offer.lastSyncAt > (offer.lastGoodSyncAt ?? '');
  return [...flags, queueFlag('host', offer.host), ...(attempt > 0 || failedLast ? [inTrouble] : [])];
}

export async function countQueuedJobs({ db }: Connection, schema: string): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from ${jobsIn(schema)} where ${isWaiting}`.execute(db);
  return toNumber(rows[0]?.count ?? 0n);
}
