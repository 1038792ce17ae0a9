import { addDays, addMilliseconds, type Day, fromInstant, type Instant } from '../dates.js';
import type { DayRecord } from '../sync/figure-store.js';

const dayMs = 86_400_000;
const defaultWaitMs = 3 * dayMs;
const shortestWaitMs = 1.5 * dayMs;
const longestWaitMs = 14 * dayMs;
const fewestWaits = 7;

export interface Silence {
  readonly lastDay: Day;
  /** The longest wait for a new day that this source had before, or the default where it is too new to tell. */
  readonly usualMs: number;
}

/**
 * Answers whether a source waits longer with its next day than it ever did, by half as much again. Each time a
 * newer day came in counts as one wait, from the end of the day that was next (UTC). Days filled in at the first
 * reading count as one. With fewer than seven waits known, three days are allowed.
 */
export function findSilence(days: readonly DayRecord[], readAt: Instant): Silence | null {
  const reported = days.filter((record) => record.state === 'reported' && record.firstReportedAt !== null);
  // Mostly they are in order already, and every sync looks.
  if (reported.some((record, index) => index > 0 && compare(reported[index - 1], record) > 0))
    reported.sort(compare);
  const first = reported[0];
  if (!first) return null;
  const waits: number[] = [];
  let newest = first.day;
  let newestAt = first.firstReportedAt ?? '';
  for (const { day, firstReportedAt } of reported) {
    if (day <= newest) continue;
    const at = firstReportedAt ?? '';
    if (at !== newestAt) waits.push(fromInstant(at) - fromInstant(endOfNext(newest)));
    newest = day;
    newestAt = at;
  }
  const usualMs = waits.length >= fewestWaits ? Math.max(0, ...waits) : defaultWaitMs;
  const allowed = waits.length >= fewestWaits ? clamp(usualMs * 1.5) : defaultWaitMs;
  return readAt > addMilliseconds(endOfNext(newest), allowed) ? { lastDay: newest, usualMs } : null;
}

/** False where a source that has just brought this day cannot be silent, however soon its days came before. */
export function mayBeSilent(newest: Day | null, readAt: Instant): boolean {
  return newest === null || readAt > addMilliseconds(endOfNext(newest), shortestWaitMs);
}

function endOfNext(day: Day): Instant {
  return `${addDays(day, 2)}T00:00:00.000Z`;
}

function clamp(milliseconds: number): number {
  return Math.min(longestWaitMs, Math.max(shortestWaitMs, milliseconds));
}

/** By when they were first reported, then by the calendar. */
function compare(one: DayRecord | undefined, other: DayRecord): number {
  const [at, otherAt] = [one?.firstReportedAt ?? '', other.firstReportedAt ?? ''];
  if (at !== otherAt) return at < otherAt ? -1 : 1;
  return (one?.day ?? '') < other.day ? -1 : 1;
}
