import type { JobStore } from '../src/ports.js';
import type { Connection } from './connection.js';
import { countWaitingJobs, jobStore } from './job-store.js';
import { countQueuedJobs, queuedJobStore } from './queued-job-store.js';

/** The jobs of a database: in a table of our own, or in the queue on Postgres. */
export function jobsOn(connection: Connection): JobStore {
  const { queueSchema } = connection;
  return queueSchema ? queuedJobStore(connection, queueSchema) : jobStore(connection);
}

/** How many jobs wait to be begun. */
export function countWaiting(connection: Connection): Promise<number> {
  const { queueSchema } = connection;
  return queueSchema ? countQueuedJobs(connection, queueSchema) : countWaitingJobs(connection);
}
