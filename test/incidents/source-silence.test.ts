import { expect, test } from 'vitest';
import { addDays, addMilliseconds } from '../../src/dates.js';
import { findSilence, mayBeSilent } from '../../src/incidents/source-silence.js';
import type { DayRecord } from '../../src/sync/figure-store.js';
import { randomSource } from '../fuzz/random-source.js';
import { hour, openBench } from '../support/bench-core.js';
import { goodRun } from '../support/offer-at-work.js';
import { sourceRow, storeOffer } from '../support/stored.js';

/** A day that came in so many hours after its end. */
function came(day: string, hoursLater: number): DayRecord {
  const at = addMilliseconds(`${addDays(day, 1)}T00:00:00.000Z`, hoursLater * hour);
  return { day, state: 'reported', firstReportedAt: at, readAt: at };
}

function daily(count: number, hoursLater: number): DayRecord[] {
  return Array.from({ length: count }, (_, index) => came(addDays('2026-10-20', index), hoursLater));
}

test('a source with a day that is new enough is never found silent, however its days came', () => {
  const random = randomSource(20_261_122);
  let silences = 0;
  for (let round = 0; round < 500; round += 1) {
    const days = daily(1 + random.below(20), 0).map(({ day }) => came(day, random.below(200)));
    const newest = days.at(-1)?.day ?? '';
    const readAt = addMilliseconds(`${newest}T00:00:00.000Z`, random.below(20 * 24) * hour);
    if (findSilence(days, readAt) === null) continue;
    silences += 1;
    expect(mayBeSilent(newest, readAt), readAt).toBe(true);
  }
  expect(silences).toBeGreaterThan(50);
  expect(mayBeSilent('2026-11-08', '2026-11-11T12:00:00.000Z')).toBe(false);
  expect(mayBeSilent(null, '2026-11-11T12:00:00.000Z')).toBe(true);
});

test('allows a new source three days', () => {
  const days = [came('2026-11-10', 6)];
  expect(findSilence(days, '2026-11-15T00:00:00.000Z')).toBeNull();
  expect(findSilence(days, '2026-11-15T00:00:01.000Z')).toMatchObject({ lastDay: '2026-11-10' });
});

test('misses a day sooner where days always came in the same morning', () => {
  const days = daily(20, 8);
  expect(findSilence(days, '2026-11-11T11:00:00.000Z')).toBeNull();
  expect(findSilence(days, '2026-11-11T13:00:00.000Z')).toEqual({ lastDay: '2026-11-08', usualMs: 8 * hour });
});

test('waits longer with a source that reports once a week', () => {
  const weeks = Array.from({ length: 9 }, (_, week) => {
    const monday = addDays('2026-09-07', week * 7);
    return Array.from({ length: 7 }, (_, index) => {
      const day = addDays(monday, index - 7);
      const at = `${monday}T09:00:00.000Z`;
      return { day, state: 'reported' as const, firstReportedAt: at, readAt: at };
    });
  }).flat();
  expect(findSilence(weeks, '2026-11-11T09:00:00.000Z')).toBeNull();
  expect(findSilence(weeks, '2026-11-13T09:00:00.000Z')?.lastDay).toBe('2026-11-01');
});

test('takes days filled in at the first reading for one, and knows nothing of an empty source', () => {
  const at = '2026-11-10T08:00:00.000Z';
  const filled = Array.from({ length: 60 }, (_, index) => ({
    day: addDays('2026-09-11', index),
    state: 'reported' as const,
    firstReportedAt: at,
    readAt: at,
  }));
  expect(findSilence(filled, '2026-11-13T23:00:00.000Z')).toBeNull();
  expect(findSilence([], at)).toBeNull();
});

test('tells once that a source is silent, and that it sends new days again', async () => {
  const bench = await openBench('2026-11-11T08:00:00.000Z');
  const royal = await storeOffer(bench.stores, { name: 'Royal' });
  await goodRun(bench, royal.id, { days: ['2026-11-10'], rows: [sourceRow('2026-11-10', { ftds: 1 })] });
  for (let hours = 0; hours < 100; hours += 1) {
    bench.clock.forward(hour);
    await goodRun(bench, royal.id, { days: ['2026-11-10'], rows: [sourceRow('2026-11-10', { ftds: 1 })] });
    await bench.deliverAll();
  }
  const told = bench.chat.titlesAt('#casino');
  await goodRun(bench, royal.id, { days: ['2026-11-14'], rows: [sourceRow('2026-11-14', { ftds: 1 })] });
  await bench.deliverAll();

  expect(told).toEqual([
    'Royal has sent no new day after Tue 10 Nov (a new one usually comes within 3 days)',
  ]);
  expect(bench.chat.calls).toEqual(['send #casino', 'send Ann', 'edit #casino', 'edit Ann']);
  expect(bench.chat.titlesAt('#casino')[0]).toMatch(/^Royal sends new days again after 11 h/);
});
