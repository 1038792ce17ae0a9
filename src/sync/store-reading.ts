import type { Day, Instant } from '../dates.js';
import { reportGoodRun } from '../incidents/report-good-run.js';
import type { Offer, OfferChange } from '../offers/offer.js';
import { platformOf } from '../offers/platform-of.js';
import type { Core, Stores } from '../ports.js';
import { newestDay } from '../source-rows.js';
import { dayStates } from './day-states.js';
import type { ReadingResult } from './figure-store.js';
import type { LastReading } from './last-readings.js';
import { nextHourly } from './next-sync.js';
import { sayProgress } from './progress.js';
import type { SyncTask } from './queue-sync.js';
import type { WholeReport } from './read-report.js';
import { keepRun, type Try } from './try.js';
import { scheduledWindow } from './windows.js';

/** A try that was good and is to be stored. */
export interface GoodTry extends Try {
  readonly at: Instant;
  /** The exchange rates' day that was asked for, where the report converts. */
  readonly ratesDate: Day | null;
  readonly finish: Finish | undefined;
}

/** What else is done once a reading is stored, or not at all. */
export type Finish = (stores: Stores) => Promise<void>;

/** What was stored, and as which run. */
export interface StoredReading {
  readonly runId: number;
  readonly result: ReadingResult;
}

/** Stores what a try read, with all that follows from it, or nothing. */
export async function storeReading(core: Core, tried: GoodTry, report: WholeReport): Promise<StoredReading> {
  const { offer, task, at } = tried;
  return core.stores.transaction(async (stores) => {
    const runId = await keepGoodRun(stores, tried, report.pages, report.rows.length);
    const result = await stores.figures.apply({
      ...{ offerId: offer.id, runId, at, from: task.from, to: task.to, rows: report.rows },
      days: dayStates(task, report.rows),
    });
    if (result.changes > 0) await stores.runs.setChanges(runId, result.changes);
    const shape = report.sourceRows > 0 ? report.shape : null;
    const seen = { shape, newest: newestDay(report.rows) };
    await endWell({ ...core, stores }, tried, seen, isAsBefore(result) ? offer.lastGoodSyncAt : null);
    return { runId, result };
  }, 'soon');
}

/** Stores that a try read the same answer as the last run: nothing has changed, and all of it is fresh. */
export async function storeSameReading(
  core: Core,
  tried: GoodTry,
  last: LastReading,
): Promise<StoredReading> {
  const { offer, task, at } = tried;
  return core.stores.transaction(async (stores) => {
    const { from, to } = task;
    const runId = await keepGoodRun(stores, tried, 1, last.rows);
    const same = { sameAs: last.runId, since: last.at };
    await stores.figures.confirm({ offerId: offer.id, runId, at, from, to, ...same });
    await endWell({ ...core, stores }, tried, last, last.at);
    const result = { rowsStored: last.rows, daysChanged: 0, changes: 0, newDays: [], vanishedDays: [] };
    return { runId, result };
  }, 'soon');
}

function isAsBefore({ daysChanged, newDays, vanishedDays }: ReadingResult): boolean {
  return daysChanged === 0 && newDays.length === 0 && vanishedDays.length === 0;
}

function keepGoodRun(stores: Stores, tried: GoodTry, pages: number, rows: number): Promise<number> {
  const { at, ratesDate } = tried;
  return keepRun(stores, tried, { state: 'good', endedAt: at, pages, rows, problemCode: null, ratesDate });
}

/** `shape` is `null` for a window without rows: it says nothing about columns, and must not make the known ones look gone. */
async function endWell(
  core: Core,
  { offer, task, at, finish }: GoodTry,
  { shape: seen, newest }: Pick<LastReading, 'shape' | 'newest'>,
  sameSince: Instant | null,
): Promise<void> {
  const { stores } = core;
  const run = { offer, at, from: task.from, to: task.to, newest, sameSince };
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
  const nextSyncAt = nextHourly(offer.id, at);
  // Queued before midnight and read after it: what this day asks for is still to be read.
  if (task.from > scheduledWindow(offer, at).from) return { ...change, nextSyncAt };
  const today = at.slice(0, 10);
  return {
    ...change,
    nextSyncAt,
    lastLongSyncDay: today,
    lastMonthSync: today.slice(8) >= '02' ? today.slice(0, 7) : offer.lastMonthSync,
  };
}
