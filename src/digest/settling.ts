import {
  addDays,
  addMilliseconds,
  type Day,
  dayIn,
  fromInstant,
  type Instant,
  localInstant,
} from '../dates.js';
import type { FigureField } from '../figures.js';
import type { DayRecord, LastChange } from '../sync/figure-store.js';

/** Sources fill up for about a day; taken where an offer's own history says nothing yet. */
export const defaultSettleMs = 24 * 3_600_000;

export const countsThatFillUp: readonly FigureField[] = ['clicks', 'registrations', 'ftds'];
const fewestDays = 5;
/** A day first read later than this was back-filled: it says nothing about how the source fills up. */
const liveWithinMs = 24 * 3_600_000;
export const longestSettleMs = 72 * 3_600_000;
/** The last zone to end a day is UTC−12. */
const lastZoneMs = 12 * 3_600_000;
const mostDaysOpen = Math.ceil((longestSettleMs + lastZoneMs) / 86_400_000);

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
      return at === undefined ? 0 : Math.max(0, fromInstant(at) - fromInstant(settledAt(day, 0, zone)));
    })
    .sort((one, other) => one - other);
  const quartile = ages[Math.ceil(ages.length * 0.75) - 1] ?? defaultSettleMs;
  return Math.min(quartile, longestSettleMs);
}

/** True while the last reading of a reported day is too early for its figures to be whole. */
export function isProvisional({ state, day, readAt }: DayRecord, settleMs: number, zone: string): boolean {
  return state === 'reported' && readAt !== null && readAt < settledAt(day, settleMs, zone);
}

/** The first day that may not be whole at an instant, by any offer's history and in any time zone. */
export function firstOpenDay(at: Instant): Day {
  return addDays(dayIn('UTC', at), -mostDaysOpen);
}

function wasReadLive({ day, firstReportedAt }: DayRecord, zone: string): boolean {
  return firstReportedAt !== null && firstReportedAt < settledAt(day, liveWithinMs, zone);
}

function lastGrowth(changes: readonly Pick<LastChange, 'day' | 'field' | 'at'>[]): ReadonlyMap<Day, Instant> {
  const last = new Map<Day, Instant>();
  for (const { day, field, at } of changes) {
    const before = last.get(day);
    if (countsThatFillUp.includes(field) && (before === undefined || before < at)) last.set(day, at);
  }
  return last;
}

/** The zone's rules are slow to ask, and every offer asks for the same days: instants by zone and delay, then by day. */
const known = new Map<string, Map<Day, Instant>>();
const mostKnown = 500;
let latest = { settleMs: 0, zone: '', instants: new Map<Day, Instant>() };

/** When this long has passed since the end of the day. */
function settledAt(day: Day, settleMs: number, zone: string): Instant {
  const instants = instantsOf(settleMs, zone);
  const ready = instants.get(day);
  if (ready !== undefined) return ready;
  const at =
    settleMs === 0
      ? localInstant(addDays(day, 1), '00:00', zone)
      : addMilliseconds(settledAt(day, 0, zone), settleMs);
  if (instants.size >= mostKnown) instants.clear();
  instants.set(day, at);
  return at;
}

function instantsOf(settleMs: number, zone: string): Map<Day, Instant> {
  if (latest.settleMs === settleMs && latest.zone === zone) return latest.instants;
  const key = `${settleMs} ${zone}`;
  const instants = known.get(key) ?? new Map<Day, Instant>();
  if (known.size >= mostKnown) known.clear();
  known.set(key, instants);
  latest = { settleMs, zone, instants };
  return instants;
}
