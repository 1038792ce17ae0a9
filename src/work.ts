import { addMilliseconds } from './dates.js';
import { sendNext } from './delivery/send-next.js';
import { postDueDigests } from './digest/post-due-digests.js';
import { tendIncidents } from './incidents/tend-incidents.js';
import type { Core, Job, JobChoice } from './ports.js';
import { planSyncs } from './sync/plan-syncs.js';
import { syncTaskOf } from './sync/queue-sync.js';
import { syncOffer } from './sync/sync-offer.js';

/** A job that is still held after this time belonged to a process that died. */
const leaseMs = 15 * 60_000;
const faultWaitMs = 5 * 60_000;
/** Longer than any run takes: one that is older belonged to a process that died. */
const abandonedMs = 24 * 3_600_000;

/** The steps that the bot repeats. Each does at most one thing and says whether it did; loops are dumb, tests call the steps. */
export interface Work {
  /** Puts what is due into the queue: syncs, digests, reminders. Asked once a minute. */
  plan(): Promise<void>;
  /** `in good health`: leaves offers in trouble to others, so that slow failures never hold up what works. */
  runNext(which?: JobChoice): Promise<boolean>;
  sendNext(): Promise<boolean>;
  /** Runs and sends until nothing is due; what waits for a later time stays in the queue. */
  settle(): Promise<void>;
}

export function createWork(core: Core, concurrency = 8): Work {
  async function runNext(which: JobChoice = 'any'): Promise<boolean> {
    const job = await claim(which);
    if (!job) return false;
    await runJob(core, job);
    return true;
  }

  /** Jobs of dead processes are looked for when nothing else is due, and by the minute's plan. */
  async function claim(which: JobChoice): Promise<Job | null> {
    const now = core.clock.now();
    const { jobs } = core.stores;
    const job = await jobs.claim(now, addMilliseconds(now, leaseMs), which);
    if (job || (await jobs.releaseExpired(now)) === 0) return job;
    return jobs.claim(now, addMilliseconds(now, leaseMs), which);
  }

  async function drain(step: () => Promise<boolean>): Promise<boolean> {
    let any = false;
    while (await step()) any = true;
    return any;
  }

  return {
    async plan() {
      await core.stores.jobs.releaseExpired(core.clock.now());
      await planSyncs(core);
      await postDueDigests(core);
      await drain(() => tendIncidents(core));
      const now = core.clock.now();
      await core.stores.actions.removeExpired(now);
      await core.stores.installations.removeExpired(now);
      await core.stores.runs.closeAbandoned(addMilliseconds(now, -abandonedMs), now);
    },
    runNext,
    sendNext: () => sendNext(core),
    async settle() {
      for (;;) {
        const lanes = await Promise.all(Array.from({ length: concurrency }, () => drain(() => runNext())));
        const sent = await drain(() => sendNext(core));
        if (!sent && !lanes.includes(true)) return;
      }
    },
  };
}

async function runJob(core: Core, job: Job): Promise<void> {
  const holding = setInterval(() => void hold(core, job), leaseMs / 3).unref();
  try {
    const outcome = await syncOffer(core, syncTaskOf(job), job.attempt);
    if (outcome.kind === 'retry') await core.stores.jobs.retry(job.id, outcome.at);
    else if (outcome.kind === 'held-up') await core.stores.jobs.postpone(job.id, outcome.at);
    else await core.stores.jobs.done(job.id);
  } catch (error) {
    core.log.error({ error, job: job.id, kind: job.kind }, 'job failed unexpectedly');
    await core.stores.jobs.postpone(job.id, addMilliseconds(core.clock.now(), faultWaitMs));
  } finally {
    clearInterval(holding);
  }
}

/** Many pages of a slow programme may take longer than a lease; the job must not be given to another meanwhile. */
async function hold({ stores, clock, log }: Core, job: Job): Promise<void> {
  try {
    await stores.jobs.extend(job.id, addMilliseconds(clock.now(), leaseMs));
  } catch (error) {
    log.warn({ error, job: job.id }, 'a job could not be held longer');
  }
}
