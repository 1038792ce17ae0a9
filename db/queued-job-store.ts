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
      const isNew = sql`where not exists (select 1 from ${jobs} where key = ${job.key} and ${isWaiting})`;
      return (await putJob(connection, schema, { ...job, attempt: 0 }, runAt, isNew)) > 0;
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
  connection: Connection,
  schema: string,
  job: QueuedJob,
  runAt: Instant,
): Promise<void> {
  await putJob(connection, schema, job, runAt, sql``);
}

/** Answers how many were put there: by one question, because every offer asks it each hour. */
async function putJob(
  connection: Connection,
  schema: string,
  job: QueuedJob,
  runAt: Instant,
  where: RawBuilder<unknown>,
): Promise<number> {
  const query = sql`
    select (${sql.id(schema, 'add_job')}(
      ${queueTask}, payload => ${JSON.stringify(job)}::json, run_at => ${runAt}::timestamptz,
      max_attempts => ${mostTries}, job_key => ${job.key}, flags => ${flagsOf(job)},
      job_key_mode => 'preserve_run_at')).id ${where}`.compile(connection.db);
  return (await connection.run(query, query.parameters)).length;
}

/** By these the queue passes over jobs whose place is taken. */
function flagsOf({ payload, lane, attempt }: QueuedJob): RawBuilder<unknown> {
  const { offerId } = payload;
  const ofLane = queueFlag('lane', lane);
  if (typeof offerId !== 'number') return sql`${sql.val([ofLane])}::text[]`;
  const failedLast = sql`${attempt}::int > 0 or last_sync_at > coalesce(last_good_sync_at, '')`;
  const ofOffer = sql`array[${queueFlag('host', '')} || host]
    || case when ${failedLast} then array[${inTrouble}] else array[]::text[] end`;
  return sql`${sql.val([ofLane, queueFlag('offer', offerId)])}::text[]
    || (select ${ofOffer} from offers where id = ${offerId})`;
}

export async function countQueuedJobs({ db }: Connection, schema: string): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from ${jobsIn(schema)} where ${isWaiting}`.execute(db);
  return toNumber(rows[0]?.count ?? 0n);
}
