import { clearOldRecords } from './clear-old-records.js';
import { addMilliseconds } from './dates.js';
import { sendNext } from './delivery/send-next.js';
import { postDueDigests } from './digest/post-due-digests.js';
import { tendIncidents } from './incidents/tend-incidents.js';
import type { Core, Job, JobChoice, JobOutcome, Stores } from './ports.js';
import { planSyncs } from './sync/plan-syncs.js';
import { syncTaskOf } from './sync/queue-sync.js';
import type { Finish } from './sync/store-reading.js';
import { syncOffer } from './sync/sync-offer.js';

/** A job that is still held after this time belonged to a process that died. */
const leaseMs = 15 * 60_000;
const faultWaitMs = 5 * 60_000;

/** The steps that the bot repeats. Each does at most one thing and says whether it did; loops are dumb, tests call the steps. */
export interface Work {
  /** Puts what is due into the queue: syncs, digests, reminders; clears away what is old. Asked once a minute. */
  plan(): Promise<void>;
  /**
   * `in good health`: leaves offers in trouble to others, so that slow failures never hold up what works. While `goesOn`
   * says so, what stores a good reading takes the next job as well, and that is run too.
   */
  runNext(which?: JobChoice, goesOn?: () => boolean): Promise<boolean>;
  /** One job that was handed out; says what became of it. Does not throw. */
  run(job: Job): Promise<JobOutcome>;
  /** Runs jobs until none is due, and says whether any was. */
  runAll(): Promise<boolean>;
  sendNext(): Promise<boolean>;
  /** Runs and sends until nothing is due; what waits for a later time stays in the queue. */
  settle(): Promise<void>;
}

export function createWork(core: Core, concurrency = 8): Work {
  async function runNext(which: JobChoice = 'any', goesOn = () => false): Promise<boolean> {
    const first = await claim(which);
    let job = first;
    while (job) {
      const next = await runClaimed(core, job, async (stores) => (goesOn() ? take(stores, which) : null));
      job = goesOn() ? next : null;
      if (next && !job) await core.stores.jobs.postpone(next.id, core.clock.now());
    }
    return first !== null;
  }

  function take({ jobs }: Stores, which: JobChoice): Promise<Job | null> {
    const now = core.clock.now();
    return jobs.claim(now, addMilliseconds(now, leaseMs), which);
  }

  /** Jobs of dead processes are looked for when nothing else is due, and by the minute's plan. */
  async function claim(which: JobChoice): Promise<Job | null> {
    const { stores, clock } = core;
    const job = await take(stores, which);
    if (job || (await stores.jobs.releaseExpired(clock.now())) === 0) return job;
    return take(stores, which);
  }

  async function runAll(): Promise<boolean> {
    if (core.queue) return core.queue.drain((job) => handedOut(core, job));
    const lanes = await Promise.all(
      Array.from({ length: concurrency }, () => drain(() => runNext('any', () => true))),
    );
    return lanes.includes(true);
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
      await clearOldRecords(core);
    },
    runNext,
    run: (job) => handedOut(core, job),
    runAll,
    sendNext: () => sendNext(core),
    async settle() {
      for (;;) {
        const ran = await runAll();
        const sent = await drain(() => sendNext(core));
        if (!sent && !ran) return;
      }
    },
  };
}

/** Answers the job that `takeNext` took in the transaction that stored a good reading. */
async function runClaimed(
  core: Core,
  job: Job,
  takeNext: (stores: Stores) => Promise<Job | null>,
): Promise<Job | null> {
  const { jobs } = core.stores;
  const holding = setInterval(() => void hold(core, job), leaseMs / 3).unref();
  let next: Job | null = null;
  try {
    const outcome = await outcomeOf(core, job, async (stores) => {
      await stores.jobs.done(job.id);
      next = await takeNext(stores);
    });
    if (outcome.kind === 'stored') return next;
    if (outcome.kind === 'done') await jobs.done(job.id);
    else await jobs[outcome.kind](job.id, outcome.at);
  } catch (error) {
    core.log.error({ error, job: job.id, kind: job.kind }, 'what became of a job could not be stored');
    await jobs.postpone(job.id, addMilliseconds(core.clock.now(), faultWaitMs));
  } finally {
    clearInterval(holding);
  }
  return null;
}

/** The queue that handed the job out takes it back. */
async function handedOut(core: Core, job: Job): Promise<JobOutcome> {
  const outcome = await outcomeOf(core, job);
  return outcome.kind === 'stored' ? { kind: 'done' } : outcome;
}

/** `stored`: the job went with the transaction that stored its reading. */
async function outcomeOf(
  core: Core,
  job: Job,
  finish?: Finish,
): Promise<JobOutcome | { readonly kind: 'stored' }> {
  try {
    const outcome = await syncOffer(core, syncTaskOf(job), job.attempt, finish);
    if (outcome.kind === 'good') return { kind: 'stored' };
    if (outcome.kind === 'retry') return outcome;
    return outcome.kind === 'held-up' ? { kind: 'postpone', at: outcome.at } : { kind: 'done' };
  } catch (error) {
    core.log.error({ error, job: job.id, kind: job.kind }, 'job failed unexpectedly');
    return { kind: 'postpone', at: addMilliseconds(core.clock.now(), faultWaitMs) };
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
