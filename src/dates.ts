import { Temporal } from 'temporal-polyfill';

/** A calendar day, `YYYY-MM-DD`, in whatever zone its context says. */
export type Day = string;

/** An instant as UTC ISO text with milliseconds, `2026-11-19T08:00:00.000Z`; text order is time order. */
export type Instant = string;

const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/** True for a day that exists in the calendar. */
export function isDay(text: string): boolean {
  if (!dayForm.test(text)) return false;
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && dayAt(milliseconds) === text;
}

const dayMs = 86_400_000;

const knownMidnights = new Map<Day, number>();

/** Midnight in UTC; plain arithmetic, because days are counted far more often than Temporal can. Throws for no day. */
function midnight(day: Day): number {
  const known = knownMidnights.get(day);
  if (known !== undefined) return known;
  const milliseconds = dayForm.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(milliseconds) || dayAt(milliseconds) !== day)
    throw new RangeError(`no day: ${day.slice(0, 20)}`);
  if (knownMidnights.size > mostKnown) knownMidnights.clear();
  knownMidnights.set(day, milliseconds);
  return milliseconds;
}

const mostKnown = 10_000;
const knownDays = new Map<number, Day>();

function dayAt(milliseconds: number): Day {
  const day = Math.floor(milliseconds / dayMs);
  const known = knownDays.get(day);
  if (known !== undefined) return known;
  const text = new Date(milliseconds).toISOString().slice(0, 10);
  if (knownDays.size > mostKnown) knownDays.clear();
  knownDays.set(day, text);
  return text;
}

export function addDays(day: Day, days: number): Day {
  return dayAt(midnight(day) + days * dayMs);
}

/** The later of two days. */
export function later(one: Day, other: Day): Day {
  return one > other ? one : other;
}

/** Days from `from` to `to`, both included; empty when `to` lies before `from`. */
export function daysBetween(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  const last = midnight(to);
  for (let at = midnight(from); at <= last; at += dayMs) days.push(dayAt(at));
  return days;
}

/** Whole days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysApart(from: Day, to: Day): number {
  return Math.round((midnight(to) - midnight(from)) / dayMs);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): number {
  // The first of January 1970 was a Thursday.
  return ((((midnight(day) / dayMs + 3) % 7) + 7) % 7) + 1;
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function lastOfMonth(day: Day): Day {
  const date = Temporal.PlainDate.from(day);
  return date.with({ day: date.daysInMonth }).toString();
}

export function daysInMonth(day: Day): number {
  return Temporal.PlainDate.from(day).daysInMonth;
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

export function toInstant(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}

export function fromInstant(instant: Instant): number {
  return Date.parse(instant);
}

export function addMilliseconds(instant: Instant, milliseconds: number): Instant {
  return toInstant(fromInstant(instant) + milliseconds);
}

/** The local day in `zone` at `instant`. */
export function dayIn(zone: string, instant: Instant): Day {
  if (zone === 'UTC') return dayAt(fromInstant(instant));
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The local clock time in `zone` at `instant`, `HH:MM`. */
export function clockTimeIn(zone: string, instant: Instant): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}

/** The instant of local `time` (`HH:MM`) on `day` in `zone`. In a gap the later clock, in an overlap the earlier one. */
export function localInstant(day: Day, time: string, zone: string): Instant {
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time });
  return toInstant(at.epochMilliseconds);
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Thu 19 Nov`. */
export function readableDay(day: Day): string {
  const date = Temporal.PlainDate.from(day);
  return `${weekdays[date.dayOfWeek - 1]} ${date.day} ${months[date.month - 1]}`;
}

/** `12–14 Nov`, `30 Oct – 2 Nov`, or one day. */
export function readableSpan(from: Day, to: Day): string {
  const first = Temporal.PlainDate.from(from);
  const last = Temporal.PlainDate.from(to);
  const end = `${last.day} ${months[last.month - 1]}`;
  if (from === to) return end;
  if (from.slice(0, 7) === to.slice(0, 7)) return `${first.day}–${end}`;
  return `${first.day} ${months[first.month - 1]} – ${end}`;
}

/** `Tue 07:10` when within a week of `now`, else `12 Nov 07:10`. */
export function readableInstant(instant: Instant, zone: string, now: Instant): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  const near = Math.abs(fromInstant(now) - fromInstant(instant)) < 6 * 86_400_000;
  if (near) return `${weekdays[at.dayOfWeek - 1]} ${time}`;
  return `${at.day} ${months[at.month - 1]} ${time}`;
}

/** `45 s`, `12 min`, `9 h`, `3 days`. */
export function readableDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.round(hours / 24)} days`;
}
