import { addDays, type Day, dayIn, fromInstant, type Instant, localInstant } from '../dates.js';
import { isPostingDay } from './period.js';
import type { DigestRun, DigestSchedule } from './schedule.js';

/** A run key that is due and missing. */
export interface DueDigest {
  readonly schedule: DigestSchedule;
  readonly kind: string;
  readonly localDate: Day;
  readonly dueAt: Instant;
  readonly late: boolean;
  /** Posting days before this one that were missed too and are not made up for. */
  readonly skipped: number;
}

export interface ScheduleState {
  readonly schedule: DigestSchedule;
  /** Runs of this schedule's kind in its channel that are known; the latest is enough. */
  readonly lastRun: DigestRun | null;
}

/** A minute's tick, a restart or a long step may come this late without anybody calling it late. */
const punctualMs = 30 * 60_000;
/** No rhythm has a longer gap between two posting days. */
const longestGapDays = 32;

/** The first part of the run key; rhythms of one channel do not stand in each other's way. */
export function runKind(schedule: Pick<DigestSchedule, 'every'>): string {
  return `digest-${schedule.every}`;
}

/**
 * Which digests are due and missing. Of several missed days only the latest is answered. A last run that lies ahead
 * of `now` (the clock was set back) does not hide a due date: the unique run key is what keeps it from being repeated.
 * What was due before the database was restored from a backup may have been posted then, and is not made up for.
 */
export function dueDigests(
  states: readonly ScheduleState[],
  now: Instant,
  restoredAt: Instant | null = null,
): DueDigest[] {
  return states.flatMap(({ schedule, lastRun }) => {
    const { createdAt } = schedule;
    const since = restoredAt !== null && restoredAt > createdAt ? restoredAt : createdAt;
    return dueDigest({ schedule, lastRun }, since, now) ?? [];
  });
}

function dueDigest({ schedule, lastRun }: ScheduleState, since: Instant, now: Instant): DueDigest | null {
  const localDate = latestDate(schedule, since, now);
  if (localDate === null || lastRun?.localDate === localDate) return null;
  const dueAt = dueInstant(schedule, localDate);
  const isLastRunAhead = lastRun !== null && lastRun.localDate > localDate;
  return {
    schedule,
    kind: runKind(schedule),
    localDate,
    dueAt,
    late: fromInstant(now) - fromInstant(dueAt) > punctualMs,
    skipped: isLastRunAhead ? 0 : skippedDates(schedule, since, localDate, lastRun?.localDate ?? null),
  };
}

/** The instant at which a date's digest is due. A local time that the clock skips comes as much later as the clock was put forward. */
export function dueInstant(schedule: Pick<DigestSchedule, 'at' | 'timeZone'>, date: Day): Instant {
  return localInstant(date, schedule.at, schedule.timeZone);
}

/** The next instant after `now` at which this schedule posts. */
export function nextDueInstant(schedule: DigestSchedule, now: Instant): Instant {
  const today = dayIn(schedule.timeZone, now);
  for (let ahead = 0; ahead <= longestGapDays; ahead += 1) {
    const date = addDays(today, ahead);
    const at = dueInstant(schedule, date);
    if (isPostingDay(schedule.every, date) && at > now) return at;
  }
  throw new Error('every rhythm posts at least once a month');
}

function latestDate(schedule: DigestSchedule, since: Instant, now: Instant): Day | null {
  const today = dayIn(schedule.timeZone, now);
  for (let back = 0; back <= longestGapDays; back += 1) {
    const date = addDays(today, -back);
    const at = dueInstant(schedule, date);
    if (at < since) return null;
    if (isPostingDay(schedule.every, date) && at <= now) return date;
  }
  return null;
}

const mostCounted = 366;

function skippedDates(
  schedule: DigestSchedule,
  since: Instant,
  localDate: Day,
  lastDate: Day | null,
): number {
  let skipped = 0;
  for (let back = 1; back <= mostCounted; back += 1) {
    const date = addDays(localDate, -back);
    if (lastDate !== null && date <= lastDate) break;
    if (dueInstant(schedule, date) < since) break;
    if (isPostingDay(schedule.every, date)) skipped += 1;
  }
  return skipped;
}
