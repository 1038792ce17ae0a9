import { expect, test } from 'vitest';
import { lastMonthPeriod } from '../../src/digest/gather.js';
import { digestPeriod } from '../../src/digest/period.js';

test('a digest tells the last complete day, weekend, week or month', () => {
  expect(digestPeriod('day', '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-02-28' });
  expect(digestPeriod('weekday', '2026-11-20')).toEqual({ from: '2026-11-19', to: '2026-11-19' });
  expect(digestPeriod('weekday', '2026-11-23')).toEqual({ from: '2026-11-20', to: '2026-11-22' });
  expect(digestPeriod('week', '2026-11-23')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(digestPeriod('week', '2026-11-29')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(digestPeriod('month', '2027-01-01')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
});

test('last month is taken up to the same day, or to its end where it is shorter', () => {
  expect(lastMonthPeriod('2026-11-19')).toEqual({ from: '2026-10-01', to: '2026-10-19' });
  expect(lastMonthPeriod('2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(lastMonthPeriod('2026-01-10')).toEqual({ from: '2025-12-01', to: '2025-12-10' });
});
