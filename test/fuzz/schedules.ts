import fc from 'fast-check';
import { addMilliseconds, type Instant } from '../../src/dates.js';
import { dueDigests } from '../../src/digest/due.js';
import type { DigestRun, DigestSchedule } from '../../src/digest/schedule.js';

const zones = [
  ...[
    'UTC',
    'Europe/Malta',
    'America/New_York',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Asia/Tehran',
    'Africa/Cairo',
  ],
  ...[
    'America/Santiago',
    'Asia/Beirut',
    'Pacific/Apia',
    'Pacific/Chatham',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'America/Havana',
  ],
];
const minuteMs = 60_000;

/** What a clock on the wall shows, by the language's own calendar: another way than the bot's. */
function wallClock(zone: string): (instant: Instant) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (instant) => format.format(new Date(instant));
}

function isPosting(every: DigestSchedule['every'], date: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  if (every === 'weekday') return weekday >= 1 && weekday <= 5;
  if (every === 'week') return weekday === 1;
  return every === 'day' || date.endsWith('-01');
}

const worlds = fc.record({
  zone: fc.constantFrom(...zones),
  at: fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })),
  every: fc.constantFrom('day', 'weekday', 'week', 'month' as const),
  start: fc.date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true }),
  steps: fc.array(
    fc.oneof(
      { weight: 30, arbitrary: fc.integer({ min: 5, max: 25 }) },
      { weight: 2, arbitrary: fc.integer({ min: -180, max: -1 }) },
      { weight: 1, arbitrary: fc.integer({ min: 60, max: 12 * 1440 }) },
    ),
    { minLength: 20, maxLength: 250 },
  ),
});

/**
 * A clock that ticks unevenly, jumps ahead and is set back: no local date is told twice, a date is told when its time has
 * come on the wall, and at each moment the newest date whose time has come is told.
 */
export function fuzzSchedules(runs: number, seed: number): number {
  const property = fc.property(worlds, ({ zone, at: [hour, minute], every, start, steps }) => {
    const at = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    let now: Instant = start.toISOString();
    const schedule = {
      id: 1,
      workspace: 'slack:T1',
      channelId: 'C1',
      channelName: '#c',
      at,
      timeZone: zone,
      every,
      createdBy: 'U1',
      createdAt: now,
    } as DigestSchedule;
    const wall = wallClock(zone);
    const told = new Set<string>();
    let lastRun: DigestRun | null = null;
    for (const step of steps) {
      now = addMilliseconds(now, step * minuteMs);
      for (const due of dueDigests([{ schedule, lastRun }], now)) {
        if (!isPosting(every, due.localDate)) throw new Error(`${due.localDate} is no posting day`);
        if (due.dueAt > now) throw new Error(`${due.localDate} is told before its time`);
        // An hour put back at the end of summer time shows the same wall time twice; the first counts.
        const shown = wall(due.dueAt);
        const skipped = shown.slice(0, 10) > due.localDate || shown.slice(11) !== at;
        if (skipped && !isSkipped(wall, due.localDate, at, due.dueAt)) {
          throw new Error(`${due.localDate} ${at} ${zone} is due at ${shown}`);
        }
        // The run key is unique in the database: a second one is not posted.
        if (told.has(due.localDate)) continue;
        told.add(due.localDate);
        lastRun = {
          kind: due.kind,
          workspace: 'slack:T1',
          channelId: 'C1',
          localDate: due.localDate,
          postedAt: now,
        };
      }
      const again = dueDigests([{ schedule, lastRun }], now).filter(({ localDate }) => !told.has(localDate));
      if (again.length > 0) throw new Error(`still due after it was told: ${again[0]?.localDate}`);
      const today = wall(now).slice(0, 10);
      const hasCome =
        wall(now).slice(11) > at && isPosting(every, today) && wasRunning(wall, schedule, today, at);
      if (hasCome && !told.has(today)) throw new Error(`${today} ${at} ${zone} was missed at ${wall(now)}`);
    }
  });
  fc.assert(property, { numRuns: runs, seed });
  return runs;
}

/** True where the clock jumps over that time: shortly before it shows less, then more. */
function isSkipped(wall: (instant: Instant) => string, date: string, at: string, dueAt: Instant): boolean {
  const wanted = `${date} ${at}`;
  for (let back = 0; back <= 26 * 60; back += 15) {
    if (wall(addMilliseconds(dueAt, -back * minuteMs)) === wanted) return false;
  }
  return wall(dueAt) > wanted;
}

function wasRunning(
  wall: (instant: Instant) => string,
  schedule: DigestSchedule,
  today: string,
  at: string,
): boolean {
  return wall(schedule.createdAt) < `${today} ${at}`;
}
