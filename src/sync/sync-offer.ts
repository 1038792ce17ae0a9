import { addMilliseconds, type Instant } from '../dates.js';
import { findDrift } from '../incidents/find-drift.js';
import { reportGoodRun } from '../incidents/report-good-run.js';
import { reportTrouble } from '../incidents/report-trouble.js';
import type { Offer, OfferChange } from '../offers/offer.js';
import { platformOf } from '../offers/platform-of.js';
import { openAccess } from '../offers/save-offer.js';
import type { Core, Stores } from '../ports.js';
import { type Problem, ProblemError } from '../problems/problem.js';
import { dayStates } from './day-states.js';
import type { ReadingResult } from './figure-store.js';
import { holdBackDrift } from './hold-back-drift.js';
import { nextAfterRefusal, nextHourly } from './next-sync.js';
import { sayProgress } from './progress.js';
import type { SyncTask } from './queue-sync.js';
import { readReport, type WholeReport } from './read-report.js';
import { isOwnFault, nextTry } from './retry.js';

const ownFaultWaitMs = 60_000;

/** What became of a try: done, to be tried again at an instant, failed for good, or nothing to do any more. */
export type SyncOutcome =
  | { readonly kind: 'good'; readonly result: ReadingResult }
  | { readonly kind: 'retry'; readonly at: Instant }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'gone' };

/** One attempt to read one window of one offer. Stores all of its days or none. `attempt` counts the tries before. */
export async function syncOffer(core: Core, task: SyncTask, attempt: number): Promise<SyncOutcome> {
  const offer = await core.stores.offers.get(task.offerId);
  if (!offer || (offer.state === 'paused' && task.reason === 'schedule')) return { kind: 'gone' };
  const startedAt = core.clock.now();
  const run = { offerId: offer.id, reason: task.reason, from: task.from, to: task.to, startedAt };
  const runId = await core.stores.runs.start(run);
  try {
    const report = await readOffer(core, offer, task, startedAt);
    // A window without rows says nothing about columns, and must not make the known ones look gone.
    const shape = report.sourceRows > 0 ? report.shape : null;
    if (shape && offer.shape && findDrift(offer.shape, shape)) {
      return { kind: 'failed', problem: await holdBackDrift(core, offer, task, runId, shape) };
    }
    const result = await storeReading(core, offer, task, runId, report);
    core.metrics?.syncEnded('good', startedAt, core.clock.now());
    return { kind: 'good', result };
  } catch (error) {
    const code = error instanceof ProblemError ? error.problem.code : 'own.unexpected';
    core.metrics?.syncEnded(code, startedAt, core.clock.now());
    if (!(error instanceof ProblemError)) {
      await endRun(core.stores, runId, core.clock.now(), code);
      throw error;
    }
    return afterFailure(core, offer, task, runId, error, attempt);
  }
}

async function readOffer(core: Core, offer: Offer, task: SyncTask, now: Instant): Promise<WholeReport> {
  return readReport(core, {
    platform: platformOf(core, offer),
    access: openAccess(core, offer),
    tokenFingerprint: offer.tokenFingerprint,
    currency: offer.currency,
    window: { from: task.from, to: task.to },
    now,
  });
}

async function storeReading(
  core: Core,
  offer: Offer,
  task: SyncTask,
  runId: number,
  report: WholeReport,
): Promise<ReadingResult> {
  const at = core.clock.now();
  const platform = platformOf(core, offer);
  return core.stores.transaction(async (stores) => {
    const result = await stores.figures.apply({
      offerId: offer.id,
      runId,
      at,
      from: task.from,
      to: task.to,
      days: dayStates(task, report.rows),
      rows: report.rows,
      ratesDate: report.ratesDate,
    });
    await stores.runs.end(runId, {
      state: 'good',
      endedAt: at,
      pages: report.pages,
      rows: report.rows.length,
      changes: result.changes,
      problemCode: null,
    });
    const within = { ...core, stores };
    const run = { offer, at, from: task.from, to: task.to };
    const seen = report.sourceRows > 0 ? report.shape : null;
    const shape = await reportGoodRun(within, run, seen, platform.columnNames);
    await stores.offers.change(offer.id, { ...afterGoodRun(offer, task, at), shape });
    await sayProgress(within, offer, task, at);
    return result;
  }, 'soon');
}

function afterGoodRun(offer: Offer, task: SyncTask, at: Instant): OfferChange {
  const change: OfferChange = { lastSyncAt: at, lastGoodSyncAt: at };
  if (task.reason !== 'schedule') return change;
  const today = at.slice(0, 10);
  return {
    ...change,
    nextSyncAt: nextHourly(offer.id, at),
    lastLongSyncDay: today,
    lastMonthSync: today.slice(8) >= '02' ? today.slice(0, 7) : offer.lastMonthSync,
  };
}

async function afterFailure(
  core: Core,
  offer: Offer,
  task: SyncTask,
  runId: number,
  error: ProblemError,
  attempt: number,
): Promise<SyncOutcome> {
  const at = core.clock.now();
  const { problem } = error;
  if (isOwnFault(problem.code)) {
    core.log.warn({ offer: offer.id, code: problem.code }, 'sync held up by a fault of our own');
    await endRun(core.stores, runId, at, problem.code);
    return { kind: 'retry', at: addMilliseconds(at, ownFaultWaitMs) };
  }
  const again = nextTry(error, attempt, at);
  core.log.info({ offer: offer.id, code: problem.code, attempt, again }, 'sync failed');
  if (again) {
    await endRun(core.stores, runId, at, problem.code);
    if (again > offer.nextSyncAt) await core.stores.offers.change(offer.id, { nextSyncAt: again });
    return { kind: 'retry', at: again };
  }
  await core.stores.transaction(async (stores) => {
    await endRun(stores, runId, at, problem.code);
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

async function endRun(stores: Stores, runId: number, at: Instant, problemCode: string): Promise<void> {
  await stores.runs.end(runId, { state: 'failed', endedAt: at, pages: 0, rows: 0, changes: 0, problemCode });
}
