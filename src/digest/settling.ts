import { addDays, type Day, fromInstant, type Instant, localInstant } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { DayRecord, LastChange } from '../sync/figure-store.js';

/** Sources fill up for about a day; taken where an offer's own history says nothing yet. */
export const defaultSettleMs = 24 * 3_600_000;

export const countsThatFillUp: readonly FigureField[] = ['clicks', 'registrations', 'ftds'];
const fewestDays = 5;
/** A day first read later than this was back-filled: it says nothing about how the source fills up. */
const liveWithinMs = 24 * 3_600_000;
const longestSettleMs = 72 * 3_600_000;

/**
 * How long after a day's end this offer's counts usually still grow, from its recent past: the third quartile of
 * the last growth seen. NGR is left aside, since it is restated for weeks.
 */
export function settleTime(
  records: readonly DayRecord[],
  changes: readonly Pick<LastChange, 'day' | 'field' | 'at'>[],
  zone: string,
): number {
  const live = records.filter((record) => wasReadLive(record, zone));
  if (live.length < fewestDays) return defaultSettleMs;
  const growth = lastGrowth(changes);
  const ages = live
    .map(({ day }) => {
      const at = growth.get(day);
      return at === undefined ? 0 : Math.max(0, fromInstant(at) - endOf(day, zone));
    })
    .sort((one, other) => one - other);
  const quartile = ages[Math.ceil(ages.length * 0.75) - 1] ?? defaultSettleMs;
  return Math.min(quartile, longestSettleMs);
}

/** True while the last reading of a reported day is too early for its figures to be whole. */
export function isProvisional(record: DayRecord, settleMs: number, zone: string): boolean {
  if (record.state !== 'reported' || record.readAt === null) return false;
  return fromInstant(record.readAt) < endOf(record.day, zone) + settleMs;
}

function wasReadLive({ day, firstReportedAt }: DayRecord, zone: string): boolean {
  if (firstReportedAt === null) return false;
  return fromInstant(firstReportedAt) < endOf(day, zone) + liveWithinMs;
}

function lastGrowth(changes: readonly Pick<LastChange, 'day' | 'field' | 'at'>[]): ReadonlyMap<Day, Instant> {
  const last = new Map<Day, Instant>();
  for (const { day, field, at } of changes) {
    const known = last.get(day);
    if (countsThatFillUp.includes(field) && (known === undefined || known < at)) last.set(day, at);
  }
  return last;
}

/** The zone's rules are slow to ask, and every offer asks for the same days. */
const knownEnds = new Map<string, Map<Day, number>>();
const mostZones = 100;
const mostDays = 2000;

function endOf(day: Day, zone: string): number {
  const ends = endsIn(zone);
  const known = ends.get(day);
  if (known !== undefined) return known;
  const end = fromInstant(localInstant(addDays(day, 1), '00:00', zone));
  if (ends.size >= mostDays) ends.clear();
  ends.set(day, end);
  return end;
}

function endsIn(zone: string): Map<Day, number> {
  const known = knownEnds.get(zone);
  if (known) return known;
  if (knownEnds.size >= mostZones) knownEnds.clear();
  const ends = new Map<Day, number>();
  knownEnds.set(zone, ends);
  return ends;
}
