import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../../src/dates.js';
import {
  defaultSettleMs,
  firstOpenDay,
  isProvisional,
  longestSettleMs,
  settleTime,
} from '../../src/digest/settling.js';
import type { DayRecord, FigureChange } from '../../src/sync/figure-store.js';

const hour = 3_600_000;
const days = daysBetween('2026-11-01', '2026-11-08');

function record(day: string, readAt: string, firstReportedAt = readAt): DayRecord {
  return { day, state: 'reported', firstReportedAt, readAt };
}

function growth(day: string, at: string, field: FigureChange['field'] = 'ftds'): FigureChange {
  const dimension = { brandId: '', brand: '', campaignId: '', campaign: '', currency: 'EUR' };
  return { offerId: 1, day, dimension, field, before: 1n, after: 2n, at, runId: 1 };
}

const live = days.map((day) => record(day, `${addDays(day, 1)}T02:00:00.000Z`));

test('learns how long a source fills up from when its counts last grew', () => {
  const changes = days.map((day) => growth(day, `${addDays(day, 1)}T13:00:00.000Z`));

  expect(settleTime(live, changes, 'UTC')).toBe(13 * hour);
});

test('one late correction and restated NGR do not make every day look unfinished', () => {
  const changes = [
    growth('2026-11-03', '2026-11-07T13:00:00.000Z'),
    ...days.map((day) => growth(day, `${addDays(day, 4)}T13:00:00.000Z`, 'ngr')),
  ];

  expect(settleTime(live, changes, 'UTC')).toBe(0);
});

test('back-filled days teach nothing: a day is then taken to fill up for a day', () => {
  const backfilled = days.map((day) => record(day, '2026-11-20T08:00:00.000Z'));

  expect(settleTime(backfilled, [], 'UTC')).toBe(defaultSettleMs);
});

test('a day is provisional until it was read late enough, in its own zone', () => {
  const read = record('2026-11-19', '2026-11-20T11:30:00.000Z');

  expect(isProvisional(read, 12 * hour, 'UTC')).toBe(true);
  expect(isProvisional(read, 12 * hour, 'Europe/Malta')).toBe(false);
  expect(isProvisional({ ...read, state: 'absent' }, 12 * hour, 'UTC')).toBe(false);
});

test.each(['Etc/GMT+12', 'UTC', 'Europe/Malta', 'Pacific/Kiritimati'])(
  'a day before the first open one is whole by every rule in %s, and no source fills up for longer',
  (zone) => {
    const slow = settleTime(
      live,
      days.map((day) => growth(day, `${addDays(day, 9)}T13:00:00.000Z`)),
      zone,
    );
    expect(slow).toBe(longestSettleMs);
    for (const at of ['2026-11-20T00:00:00.000Z', '2026-11-20T11:59:59.999Z', '2026-11-20T23:59:59.999Z']) {
      const first = firstOpenDay(at);
      expect(isProvisional(record(addDays(first, -1), at), longestSettleMs, zone)).toBe(false);
    }
  },
);

test('the first open day is not whole yet where days end last', () => {
  const at = '2026-11-20T11:59:59.999Z';

  expect(isProvisional(record(firstOpenDay(at), at), longestSettleMs, 'Etc/GMT+12')).toBe(true);
});
