import { addMilliseconds, type Instant, readableDay } from '../dates.js';
import { findDrift } from '../incidents/find-drift.js';
import { reportTrouble } from '../incidents/report-trouble.js';
import type { Offer } from '../offers/offer.js';
import { platformOf } from '../offers/platform-of.js';
import { openAccess } from '../offers/save-offer.js';
import type { Core } from '../ports.js';
import { isOwnFault } from '../problems/is-own-fault.js';
import { type Problem, ProblemError } from '../problems/problem.js';
import { endedEarly } from '../problems/unreadable-report.js';
import { newestDay, sameRows } from '../source-rows.js';
import { endsEarly } from './ends-early.js';
import type { ReadingResult } from './figure-store.js';
import { holdBackDrift } from './hold-back-drift.js';
import type { LastReading } from './last-readings.js';
import { nextAfterRefusal, nextHourly } from './next-sync.js';
import { sayProgress } from './progress.js';
import type { SyncTask } from './queue-sync.js';
import { readUnlessSame } from './read-report.js';
import { nextTry } from './retry.js';
import { type Finish, storeReading, storeSameReading } from './store-reading.js';
import { keepFailedRun, type Try } from './try.js';
import type { Window } from './windows.js';

const ownFaultWaitMs = 60_000;

/** What became of a try: done, to be tried again at an instant, failed for good, or nothing to do any more. */
export type SyncOutcome =
  | { readonly kind: 'good'; readonly result: ReadingResult }
  | { readonly kind: 'retry'; readonly at: Instant }
  /** A fault of our own: to be done again, and no try of this source. */
  | { readonly kind: 'held-up'; readonly at: Instant }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'gone' };

/**
 * One attempt to read one window of one offer. Stores all of its days or none. `attempt` counts the tries before;
 * `finish` is part of the transaction that stores a good reading.
 */
export async function syncOffer(
  core: Core,
  task: SyncTask,
  attempt: number,
  finish?: Finish,
): Promise<SyncOutcome> {
  const offer = await core.stores.offers.get(task.offerId);
  if (!offer || (offer.state === 'paused' && task.reason === 'schedule')) return { kind: 'gone' };
  const startedAt = core.clock.now();
  const tried = { offer, task, startedAt };
  const last = lastReading(core, offer, task);
  try {
    const outcome = await readAndStore(core, tried, finish, last);
    if (outcome.kind === 'good') core.metrics?.syncEnded('good', startedAt, core.clock.now());
    return outcome;
  } catch (error) {
    const code = error instanceof ProblemError ? error.problem.code : 'own.unexpected';
    core.metrics?.syncEnded(code, startedAt, core.clock.now());
    if (!(error instanceof ProblemError)) {
      await keepFailedRun(core.stores, tried, core.clock.now(), code);
      throw error;
    }
    return afterFailure(core, tried, error, attempt);
  }
}

async function readAndStore(
  core: Core,
  tried: Try,
  finish: Finish | undefined,
  last: LastReading | null,
): Promise<SyncOutcome> {
  const { offer, task, startedAt } = tried;
  const window = { from: task.from, to: task.to };
  const request = {
    platform: platformOf(core, offer),
    access: openAccess(core, offer),
    tokenFingerprint: offer.tokenFingerprint,
    currency: offer.currency,
    window,
    now: startedAt,
  };
  const { report, digest, ratesDate } = await readUnlessSame(core, request, last?.digest ?? null);
  const gone = report && (await endsEarly(core, offer.id, window, report));
  if (gone) {
    // Days that were taken back stay away; a file that was cut is another one each time.
    const again = (await readUnlessSame(core, request, digest)).report;
    if (again && !sameRows(again.rows, report.rows)) throw endedEarly(readableDay(gone));
  }
  // A window without rows says nothing about columns, and must not make the known ones look gone.
  const shape = report && report.sourceRows > 0 ? report.shape : null;
  if (shape && offer.shape && findDrift(offer.shape, shape)) {
    return { kind: 'failed', problem: await holdBackDrift(core, tried, shape) };
  }
  const at = core.clock.now();
  const run = { ...tried, at, ratesDate, finish };
  if (report) {
    const { runId, result } = await storeReading(core, run, report);
    const rows = report.rows.length;
    const newest = newestDay(report.rows);
    const kept = digest && { window, digest, runId, at, rows, newest, shape };
    if (kept) core.lastReadings?.keep(offer, kept);
    else core.lastReadings?.forget(offer.id);
    return { kind: 'good', result };
  }
  if (!last) throw new Error('an answer that is the same as none');
  const { runId, result } = await storeSameReading(core, run, last);
  core.lastReadings?.keep(offer, { ...last, runId, at });
  return { kind: 'good', result };
}

/** What was read last of this window, while no other run has stored anything of the offer since. */
function lastReading(core: Core, offer: Offer, window: Window): LastReading | null {
  const last = core.lastReadings?.of(offer, window) ?? null;
  return last && offer.lastSyncAt === last.at && offer.lastGoodSyncAt === last.at ? last : null;
}

async function afterFailure(
  core: Core,
  tried: Try,
  error: ProblemError,
  attempt: number,
): Promise<SyncOutcome> {
  const { offer, task } = tried;
  const at = core.clock.now();
  const { problem } = error;
  if (isOwnFault(problem.code)) {
    core.log.warn({ offer: offer.id, code: problem.code }, 'sync held up by a fault of our own');
    await keepFailedRun(core.stores, tried, at, problem.code);
    return { kind: 'held-up', at: addMilliseconds(at, ownFaultWaitMs) };
  }
  const again = nextTry(error, attempt, at);
  core.log.info({ offer: offer.id, code: problem.code, attempt, again }, 'sync failed');
  if (again) {
    await keepFailedRun(core.stores, tried, at, problem.code);
    if (again > offer.nextSyncAt) await core.stores.offers.change(offer.id, { nextSyncAt: again });
    return { kind: 'retry', at: again };
  }
  await core.stores.transaction(async (stores) => {
    await keepFailedRun(stores, tried, at, problem.code);
    await stores.figures.markFailed(offer.id, task.from, task.to, at);
    const within = { ...core, stores };
    await reportTrouble(within, { offer, problem, at, tries: attempt + 1 });
    const open = await stores.incidents.openFor(offer.id);
    const tries = Math.max(1, ...open.map((incident) => incident.tries));
    const usual = error.retry === 'never' ? nextAfterRefusal(at, tries) : nextHourly(offer.id, at);
    // The far side may have asked for a longer wait than ours.
    const asked = addMilliseconds(at, error.retryAfterMs ?? 0);
    const nextSyncAt = usual > asked ? usual : asked;
    await stores.offers.change(offer.id, { lastSyncAt: at, nextSyncAt });
    await sayProgress(within, offer, task, at);
  }, 'soon');
  return { kind: 'failed', problem };
}
