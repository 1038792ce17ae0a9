import type { Day, Instant } from '../dates.js';
import { reportGoodRun } from '../incidents/report-good-run.js';
import type { Offer, OfferChange } from '../offers/offer.js';
import { platformOf } from '../offers/platform-of.js';
import type { Core, Stores } from '../ports.js';
import { dayStates } from './day-states.js';
import type { ReadingResult } from './figure-store.js';
import type { LastReading } from './last-readings.js';
import { nextHourly } from './next-sync.js';
import { sayProgress } from './progress.js';
import type { SyncTask } from './queue-sync.js';
import type { WholeReport } from './read-report.js';

/** A run that was good and is to be stored. */
export interface GoodReading {
  readonly offer: Offer;
  readonly task: SyncTask;
  readonly runId: number;
  readonly at: Instant;
  readonly finish: Finish | undefined;
}

/** What else is done once a reading is stored, or not at all. */
export type Finish = (stores: Stores) => Promise<void>;

/** Stores what a run read, with all that follows from it, or nothing. */
export async function storeReading(
  core: Core,
  run: GoodReading,
  report: WholeReport,
): Promise<ReadingResult> {
  const { offer, task, runId, at } = run;
  return core.stores.transaction(async (stores) => {
    const result = await stores.figures.apply({
      ...{ offerId: offer.id, runId, at, from: task.from, to: task.to, rows: report.rows },
      days: dayStates(task, report.rows),
      ratesDate: report.ratesDate,
    });
    const shape = report.sourceRows > 0 ? report.shape : null;
    await endWell({ ...core, stores }, run, shape, { ...report, rows: report.rows.length, ...result }, null);
    return result;
  }, 'soon');
}

/** Stores that a run read the same answer as the last one: nothing has changed, and all of it is fresh. */
export async function storeSameReading(
  core: Core,
  run: GoodReading,
  last: LastReading,
  ratesDate: Day | null,
): Promise<ReadingResult> {
  const { offer, task, runId, at } = run;
  return core.stores.transaction(async (stores) => {
    const { from, to } = task;
    await stores.figures.confirm({ offerId: offer.id, runId, at, from, to, sameAs: last.runId, ratesDate });
    await endWell({ ...core, stores }, run, last.shape, { pages: 1, rows: last.rows, changes: 0 }, last.at);
    return { rowsStored: last.rows, daysChanged: 0, changes: 0, newDays: [], vanishedDays: [] };
  }, 'soon');
}

interface Counts {
  readonly pages: number;
  readonly rows: number;
  readonly changes: number;
}

/** `shape` is `null` for a window without rows: it says nothing about columns, and must not make the known ones look gone. */
async function endWell(
  core: Core,
  { offer, task, runId, at, finish }: GoodReading,
  seen: LastReading['shape'],
  { pages, rows, changes }: Counts,
  sameSince: Instant | null,
): Promise<void> {
  const { stores } = core;
  await stores.runs.end(runId, { state: 'good', endedAt: at, pages, rows, changes, problemCode: null });
  const run = { offer, at, from: task.from, to: task.to, sameSince };
  const shape = await reportGoodRun(core, run, seen, platformOf(core, offer).columnNames);
  await stores.offers.change(offer.id, { ...afterGoodRun(offer, task, at), ...changedShape(offer, shape) });
  await sayProgress(core, offer, task, at);
  await finish?.(stores);
}

function changedShape(offer: Offer, shape: Offer['shape']): OfferChange {
  return JSON.stringify(shape) === JSON.stringify(offer.shape) ? {} : { shape };
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
