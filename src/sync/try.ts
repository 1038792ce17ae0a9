import type { Instant } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import type { Stores } from '../ports.js';
import type { SyncTask } from './queue-sync.js';
import type { SyncRun } from './run.js';

/** An attempt to read an offer that is under way. */
export interface Try {
  readonly offer: Offer;
  readonly task: SyncTask;
  readonly startedAt: Instant;
}

/** Keeps how a try has ended. Answers the run's number. */
export function keepRun(
  { runs }: Stores,
  { offer, task, startedAt }: Try,
  end: Pick<SyncRun, 'state' | 'endedAt' | 'pages' | 'rows' | 'problemCode' | 'ratesDate'>,
): Promise<number> {
  const { reason, from, to } = task;
  return runs.add({ offerId: offer.id, reason, from, to, startedAt, changes: 0, ...end });
}

export async function keepFailedRun(
  stores: Stores,
  tried: Try,
  endedAt: Instant,
  problemCode: string,
): Promise<void> {
  await keepRun(stores, tried, { state: 'failed', endedAt, pages: 0, rows: 0, problemCode, ratesDate: null });
}
