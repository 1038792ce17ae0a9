import { addDays, type Day, dayIn, daysBetween, firstOfMonth, type Instant, later } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import type { PlatformId } from '../platforms/platform.js';
import type { DayRecord } from './figure-store.js';

/** A span of days to read in one run, both ends included. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

const shortDays = 3;
const longDays = 35;
/** A back-fill chunk: small enough to show progress and to lose little when it fails. */
export const chunkDays = 30;

/**
 * The last day worth asking for. Which zone a programme's day is in is unknown, so days are taken in UTC;
 * ReferOn programmes deliver once a day and have nothing for today.
 */
export function lastDay(platform: PlatformId, now: Instant): Day {
  const today = dayIn('UTC', now);
  return platform === 'referon' ? addDays(today, -1) : today;
}

/** What a scheduled sync reads: 3 days each hour, 35 once a day, the whole month before once after its turn. */
export function scheduledWindow(offer: Offer, now: Instant): Window {
  const to = lastDay(offer.platform, now);
  const today = dayIn('UTC', now);
  if (offer.lastMonthSync !== today.slice(0, 7) && today.slice(8) >= '02') {
    const monthBefore = firstOfMonth(addDays(firstOfMonth(today), -1));
    return { from: later(earlier(monthBefore, addDays(to, 1 - longDays)), offer.historyFrom), to };
  }
  if (offer.lastLongSyncDay !== today) {
    return { from: later(addDays(to, 1 - longDays), offer.historyFrom), to };
  }
  return { from: addDays(to, 1 - shortDays), to };
}

/** From the first to the last day that was never read well, or `null` when history is whole. */
export function missingSpan(historyFrom: Day, until: Day, known: readonly DayRecord[]): Window | null {
  const read = new Set(known.filter((record) => record.state !== 'failed').map((record) => record.day));
  const missing = daysBetween(historyFrom, until).filter((day) => !read.has(day));
  const from = missing[0];
  const to = missing.at(-1);
  return from && to ? { from, to } : null;
}

/** Splits a span into chunks, newest first. */
export function chunksOf(span: Window): Window[] {
  const chunks: Window[] = [];
  for (let to = span.to; to >= span.from; to = addDays(to, -chunkDays)) {
    chunks.push({ from: later(addDays(to, 1 - chunkDays), span.from), to });
  }
  return chunks;
}

function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}
