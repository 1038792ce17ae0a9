import { addDays, type Instant } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import type { Job, Stores } from '../ports.js';
import type { SyncReason } from './run.js';
import { chunksOf, lastDay, missingSpan, type Window } from './windows.js';

/** The message that shows how far a long reading has come. */
export interface ProgressRef {
  /** The message's subject: the same one is edited until the span is read. */
  readonly subject: string;
  readonly span: Window;
}

/** What a sync job carries. */
export interface SyncTask extends Window {
  readonly offerId: number;
  readonly reason: SyncReason;
  readonly progress: ProgressRef | null;
}

export function syncTaskOf(job: Job): SyncTask {
  const { offerId, from, to, reason, subject, spanFrom, spanTo } = job.payload;
  return {
    offerId: Number(offerId),
    from: String(from),
    to: String(to),
    reason: String(reason) as SyncReason,
    progress: subject
      ? { subject: String(subject), span: { from: String(spanFrom), to: String(spanTo) } }
      : null,
  };
}

/** Puts one window in the queue; the same window is not queued twice. Jobs of one token run one after the other. */
export async function queueSync(
  stores: Stores,
  offer: Offer,
  window: Window,
  reason: SyncReason,
  runAt: Instant,
  progress: ProgressRef | null = null,
): Promise<boolean> {
  const span = progress?.span ?? null;
  return stores.jobs.add({
    kind: 'sync',
    payload: {
      offerId: offer.id,
      from: window.from,
      to: window.to,
      reason,
      subject: progress?.subject ?? null,
      spanFrom: span?.from ?? null,
      spanTo: span?.to ?? null,
    },
    lane: `token:${offer.tokenFingerprint}`,
    key: `sync:${offer.id}:${window.from}:${window.to}:${reason}`,
    runAt,
  });
}

/** The whole history, newest chunk first. */
export async function queueBackfill(stores: Stores, offer: Offer, now: Instant): Promise<void> {
  await queueSpan(
    stores,
    offer,
    { from: offer.historyFrom, to: lastDay(offer.platform, now) },
    'backfill',
    now,
  );
}

/** A span of days in chunks, with a progress message when there is more than one. Answers the number of chunks. */
export async function queueSpan(
  stores: Stores,
  offer: Offer,
  span: Window,
  reason: SyncReason,
  now: Instant,
): Promise<number> {
  const chunks = chunksOf(span);
  const long = chunks.length > 1 || reason === 'backfill';
  const progress = long ? { subject: `progress:${offer.id}:${now}`, span } : null;
  for (const chunk of chunks) await queueSync(stores, offer, chunk, reason, now, progress);
  return chunks.length;
}

/**
 * Everything that was missed: days never read well, and those that were still filling up when it was last read well.
 * Answers the window, which is never empty.
 */
export async function queueMissed(stores: Stores, offer: Offer, now: Instant): Promise<Window> {
  const to = lastDay(offer.platform, now);
  const known = await stores.figures.days(offer.id, offer.historyFrom, to);
  const missing = missingSpan(offer.historyFrom, to, known);
  const lastGood = offer.lastGoodSyncAt?.slice(0, 10) ?? to;
  const filling = addDays(lastGood < to ? lastGood : to, -fillingDays);
  const from = missing && missing.from < filling ? missing.from : filling;
  await queueSpan(stores, offer, { from, to }, 'recovery', now);
  return { from, to };
}

/** Days before the last good reading that sources still change for most figures. */
const fillingDays = 2;

export function daysOf(offer: Offer, days: number, now: Instant): Window {
  const to = lastDay(offer.platform, now);
  return { from: addDays(to, 1 - days), to };
}
