import { setTimeout as wait } from 'node:timers/promises';
import { type JobHelpers, Logger, type RunnerOptions, runOnce, run as runQueue } from 'graphile-worker';
import { toInstant } from '../src/dates.js';
import type { JobOutcome, JobQueue, JobRunner } from '../src/ports.js';
import type { Connection } from './connection.js';
import { createPlaces } from './job-places.js';
import type { PostgresSlots } from './postgres-slots.js';
import { createRegister } from './queue-register.js';
import { type QueuedJob, queueTask } from './queued-job.js';
import { queueJob } from './queued-job-store.js';

export interface PostgresQueueOptions {
  readonly connection: Connection;
  readonly pool: NonNullable<RunnerOptions['pgPool']>;
  readonly schema: string;
  readonly slots: PostgresSlots;
  /** Told what the queue itself has to say: lost connections, jobs that it could not take back. */
  readonly onTrouble: (error: Error) => void;
}

/** Jobs at a time in one process. */
const width = 8;
/** How long a job waits whose lane or host is busy elsewhere. */
const busyMs = 1000;
const restartMs = 1000;
const lookForDeadMs = 5000;

/**
 * graphile-worker with what it leaves open: places for lanes and hosts over all processes, since its own named queues
 * lock every free queue at each look (85 jobs/s with 10,000 of them, 1,100 without), and the jobs of dead processes,
 * which it would keep locked for four hours.
 */
export function postgresQueue(options: PostgresQueueOptions): JobQueue {
  const { connection, pool, schema, slots, onTrouble } = options;
  const register = createRegister(options);
  const places = createPlaces(slots, width);

  async function putBack(job: QueuedJob, at: string): Promise<void> {
    await queueJob(connection, schema, job, at);
  }

  /** False when its place was taken: then it waits again. */
  async function work(job: QueuedJob, helpers: JobHelpers, run: JobRunner): Promise<boolean> {
    const flags = Object.keys(helpers.job.flags ?? {});
    const letGo = await places.take(flags);
    if (!letGo) {
      await putBack(job, toInstant(Date.now() + busyMs));
      return false;
    }
    let outcome: JobOutcome;
    try {
      const { key: _, ...known } = job;
      outcome = await run({ ...known, id: Number(helpers.job.id) });
    } finally {
      await letGo();
    }
    if (outcome.kind === 'done') return true;
    await putBack({ ...job, attempt: job.attempt + (outcome.kind === 'retry' ? 1 : 0) }, outcome.at);
    return true;
  }

  function settings(run: JobRunner, ended: (worked: boolean) => unknown): RunnerOptions {
    const present = register.enter();
    return {
      pgPool: pool,
      schema,
      concurrency: width,
      pollInterval: 1000,
      noHandleSignals: true,
      // Done ones go together with others of the same turn, and nobody waits for it.
      preset: { worker: { completeJobBatchDelay: 0 } },
      // All that is due is judged by the clock of the processes, as everywhere else.
      useNodeTime: true,
      logger: quietLogger(onTrouble),
      events: present.events,
      forbiddenFlags: async () => {
        await present.shown();
        return places.full();
      },
      taskList: {
        [queueTask]: async (payload: unknown, helpers: JobHelpers) => {
          ended(await work(payload as QueuedJob, helpers, run));
        },
      },
    };
  }

  return {
    start(run) {
      const stopping = new AbortController();
      const { signal } = stopping;
      const working = (async () => {
        while (!signal.aborted) {
          await runUntil(
            signal,
            settings(run, () => {}),
          ).catch(onTrouble);
          await register.leave();
          if (!signal.aborted) await wait(restartMs, undefined, { signal }).catch(() => {});
        }
      })();
      const looking = (async () => {
        while (!signal.aborted) {
          await register.releaseDead().catch(onTrouble);
          await wait(lookForDeadMs, undefined, { signal }).catch(() => {});
        }
      })();
      return {
        async stop() {
          stopping.abort();
          await Promise.all([working, looking]);
        },
      };
    },
    async drain(run) {
      await register.releaseDead();
      let any = false;
      for (;;) {
        const ended: boolean[] = [];
        await runOnce(settings(run, (worked) => ended.push(worked)));
        await register.leave();
        any ||= ended.includes(true);
        if (!ended.includes(false)) return any;
        await wait(busyMs);
      }
    },
  };
}

/** Ends with the signal, or when the queue gives up: it does when it cannot take back what became of a job. */
async function runUntil(signal: AbortSignal, options: RunnerOptions): Promise<void> {
  const runner = await runQueue(options);
  const stop = () => void runner.stop().catch(() => {});
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    await runner.promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function quietLogger(onTrouble: (error: Error) => void): Logger {
  return new Logger(() => (level, message, meta) => {
    if (level !== 'error') return;
    const { error } = meta ?? {};
    onTrouble(error instanceof Error ? error : new Error(message));
  });
}
