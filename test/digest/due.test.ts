import { expect, test } from 'vitest';
import { addMilliseconds, type Day, daysBetween, type Instant } from '../../src/dates.js';
import { dueDigests, dueInstant, nextDueInstant } from '../../src/digest/due.js';
import { isPostingDay } from '../../src/digest/period.js';
import type { DigestRun, DigestSchedule, Every } from '../../src/digest/schedule.js';

const hour = 3_600_000;
const day = 24 * hour;

function schedule(timeZone: string, at: string, change: Partial<DigestSchedule> = {}): DigestSchedule {
  return {
    id: 1,
    workspace: 'terminal',
    channelId: '#casino',
    channelName: '#casino',
    at,
    timeZone,
    every: 'day',
    createdBy: 'ann',
    createdAt: '2025-12-01T00:00:00.000Z',
    ...change,
  };
}

interface Posted {
  readonly date: Day;
  readonly at: Instant;
  readonly late: boolean;
  readonly skipped: number;
}

/** A bot whose clock is handed in: remembers run keys as the unique index does, and the latest run as the store does. */
function bot(planned: DigestSchedule) {
  const posted: Posted[] = [];
  const keys = new Set<string>();
  return {
    posted,
    tick(now: Instant) {
      const last = posted.toSorted((one, other) => (one.date < other.date ? 1 : -1))[0];
      const lastRun: DigestRun | null = last
        ? {
            kind: 'digest-day',
            workspace: 'terminal',
            channelId: '#casino',
            localDate: last.date,
            postedAt: last.at,
          }
        : null;
      for (const due of dueDigests([{ schedule: planned, lastRun }], now)) {
        if (keys.has(due.localDate)) continue;
        keys.add(due.localDate);
        posted.push({ date: due.localDate, at: now, late: due.late, skipped: due.skipped });
      }
    },
  };
}

function run(
  planned: DigestSchedule,
  from: Instant,
  to: Instant,
  isDown: (now: Instant) => boolean = () => false,
) {
  const running = bot(planned);
  for (let now = from; now < to; now = addMilliseconds(now, hour)) if (!isDown(now)) running.tick(now);
  return running.posted;
}

/** Ticks an hour apart, on the minute at which the zone's digest is due. */
function yearOf(zone: string, at: string): [Instant, Instant] {
  const first = dueInstant({ at, timeZone: zone }, '2026-01-02');
  return [first, addMilliseconds(first, 365 * day)];
}

const zones = [
  // The local time lies in the hour that DST takes or repeats there.
  ['Europe/Malta', '02:30'],
  ['America/New_York', '02:30'],
  ['Australia/Lord_Howe', '02:15'],
  ['America/Santiago', '00:00'],
  ['Africa/Cairo', '00:30'],
  ['Asia/Kathmandu', '09:00'],
] as const;

test.each(zones)('posts exactly once on every local date of a year in %s at %s', (zone, at) => {
  const posted = run(schedule(zone, at), ...yearOf(zone, at));

  expect(posted.map((entry) => entry.date)).toEqual(daysBetween('2026-01-02', '2027-01-01'));
  expect(posted.slice(1).filter((entry) => entry.late)).toEqual([]);
});

test.each(zones)('after downtimes in %s there is one catch-up each and no date twice', (zone, at) => {
  const downtimes = [
    ['2026-02-10T00:00:00.000Z', '2026-02-15T03:17:00.000Z'],
    ['2026-03-27T20:00:00.000Z', '2026-03-30T20:00:00.000Z'],
    ['2026-10-24T00:00:00.000Z', '2026-10-25T21:40:00.000Z'],
    ['2026-12-30T01:00:00.000Z', '2026-12-30T02:00:00.000Z'],
  ] as const;
  const isDown = (now: Instant) => downtimes.some(([from, to]) => from <= now && now < to);

  const posted = run(schedule(zone, at), ...yearOf(zone, at), isDown);

  const dates = posted.map((entry) => entry.date);
  expect(new Set(dates).size).toBe(dates.length);
  const missing = daysBetween('2026-01-02', '2027-01-01').filter((date) => !dates.includes(date));
  const skipped = posted.slice(1).reduce((sum, entry) => sum + entry.skipped, 0);
  expect(skipped).toBe(missing.length);
  for (const [, end] of downtimes.slice(0, 3)) {
    const soon = posted.filter((entry) => entry.at >= end && entry.at < addMilliseconds(end, 2 * hour));
    expect(soon.length).toBeLessThanOrEqual(1);
  }
  expect(missing.length).toBeGreaterThanOrEqual(5);
});

test('five days off give one late catch-up that says how many were missed', () => {
  const isDown = (now: Instant) => now > '2026-06-10T08:00:00.000Z' && now < '2026-06-15T10:00:00.000Z';

  const posted = run(
    schedule('Europe/Malta', '09:00'),
    '2026-06-09T08:00:00.000Z',
    '2026-06-17T08:00:00.000Z',
    isDown,
  );

  expect(posted.slice(2).map(({ date, late, skipped }) => [date, late, skipped])).toEqual([
    ['2026-06-15', true, 4],
    ['2026-06-16', false, 0],
    ['2026-06-17', false, 0],
  ]);
});

test.each(zones)('a clock that is set back and forth in %s repeats nothing and loses nothing', (zone, at) => {
  const running = bot(schedule(zone, at));
  // Hours by which the clock is wrong, by day of the simulated year: back two days, forward three, back an hour.
  const wrongBy = (index: number) => {
    if (index > 1000 && index < 1020) return -2 * day;
    if (index > 2000 && index < 2020) return 3 * day;
    if (index > 3000 && index < 3010) return -hour;
    return 0;
  };
  const [start] = yearOf(zone, at);
  for (let index = 0; index < 365 * 24; index += 1)
    running.tick(addMilliseconds(start, index * hour + wrongBy(index)));

  const dates = running.posted.map((entry) => entry.date).toSorted();
  expect(new Set(dates).size).toBe(dates.length);
  expect(dates).toEqual(daysBetween(dates[0] ?? '', dates.at(-1) ?? ''));
});

test('a digest planned after its time starts on the next day', () => {
  const planned = schedule('Europe/Malta', '09:00', { createdAt: '2026-06-10T07:30:00.000Z' });

  expect(dueDigests([{ schedule: planned, lastRun: null }], '2026-06-10T12:00:00.000Z')).toEqual([]);
  expect(dueDigests([{ schedule: planned, lastRun: null }], '2026-06-11T07:00:00.000Z')).toMatchObject([
    { localDate: '2026-06-11', late: false, skipped: 0 },
  ]);
});

test('a time that the clock skips is due as much later as the clock was put forward', () => {
  const gap = schedule('America/Santiago', '00:15');

  expect(dueInstant(gap, '2026-09-06')).toBe('2026-09-06T04:15:00.000Z');
  expect(dueDigests([{ schedule: gap, lastRun: null }], '2026-09-06T04:15:00.000Z')).toMatchObject([
    { localDate: '2026-09-06' },
  ]);
});

test.each<[Every, number]>([
  ['day', 365],
  ['weekday', 261],
  ['week', 52],
  ['month', 12],
])('a rhythm of %s posts %i times in 2026', (every, times) => {
  const dates = daysBetween('2026-01-01', '2026-12-31').filter((date) => isPostingDay(every, date));

  expect(dates).toHaveLength(times);
});

test('the next post of a monthly digest is the first of the next month, in its own zone', () => {
  const monthly = schedule('Europe/Malta', '09:00', { every: 'month' });

  expect(nextDueInstant(monthly, '2026-11-21T05:00:00.000Z')).toBe('2026-12-01T08:00:00.000Z');
});
