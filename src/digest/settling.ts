import { addDays, type Day, fromInstant, localInstant } from '../dates.js';
import type { DayRecord, FigureChange } from '../sync/figure-store.js';

/** Sources fill up for about a day; taken where an offer's own history says nothing yet. */
export const defaultSettleMs = 24 * 3_600_000;

const countsThatFillUp = new Set(['clicks', 'registrations', 'ftds']);
const fewestDays = 5;
/** A day first read later than this was back-filled: it says nothing about how the source fills up. */
const liveWithinMs = 24 * 3_600_000;
const dayMs = 24 * 3_600_000;
const furthestZoneMs = 14 * 3_600_000;
const longestSettleMs = 72 * 3_600_000;

/**
 * How long after a day's end this offer's counts usually still grow, from its recent past: the third quartile of
 * the last growth seen. NGR is left aside, since it is restated for weeks.
 */
export function settleTime(
  records: readonly DayRecord[],
  changes: readonly FigureChange[],
  zone: string,
): number {
  const live = records.filter((record) => wasReadLive(record, zone));
  if (live.length < fewestDays) return defaultSettleMs;
  const ages = live.map((record) => lastGrowth(record.day, changes, zone)).sort((one, other) => one - other);
  const quartile = ages[Math.ceil(ages.length * 0.75) - 1] ?? defaultSettleMs;
  return Math.min(quartile, longestSettleMs);
}

/** True while the last reading of a reported day is too early for its figures to be whole. */
export function isProvisional(record: DayRecord, settleMs: number, zone: string): boolean {
  if (record.state !== 'reported' || record.readAt === null) return false;
  const sinceUtcEnd = fromInstant(record.readAt) - fromInstant(`${record.day}T00:00:00.000Z`) - dayMs;
  // Asking for the zone is slow, and most days are old: no zone is further from UTC than this.
  if (sinceUtcEnd >= settleMs + furthestZoneMs) return false;
  return fromInstant(record.readAt) < endOf(record.day, zone) + settleMs;
}

function wasReadLive(record: DayRecord, zone: string): boolean {
  if (record.firstReportedAt === null) return false;
  return fromInstant(record.firstReportedAt) < endOf(record.day, zone) + liveWithinMs;
}

function lastGrowth(day: Day, changes: readonly FigureChange[], zone: string): number {
  const end = endOf(day, zone);
  const ages = changes
    .filter((change) => change.day === day && countsThatFillUp.has(change.field))
    .map((change) => fromInstant(change.at) - end);
  return Math.max(0, ...ages);
}

/** The zone's rules are slow to ask, and every offer asks for the same days. */
const knownEnds = new Map<string, number>();
const mostEnds = 2000;

function endOf(day: Day, zone: string): number {
  const key = `${day} ${zone}`;
  const known = knownEnds.get(key);
  if (known !== undefined) return known;
  const end = fromInstant(localInstant(addDays(day, 1), '00:00', zone));
  if (knownEnds.size >= mostEnds) knownEnds.clear();
  knownEnds.set(key, end);
  return end;
}
