import { expect, test } from 'vitest';
import { afterQuietHours } from '../../src/delivery/quiet-hours.js';

const night = { timeZone: 'Europe/Malta', quietFrom: '22:00', quietTo: '07:00' };

test('lets an alert through outside quiet hours', () => {
  expect(afterQuietHours(night, '2026-11-19T12:00:00.000Z')).toBe('2026-11-19T12:00:00.000Z');
  expect(afterQuietHours(night, '2026-11-19T06:00:00.000Z')).toBe('2026-11-19T06:00:00.000Z');
});

test('holds an alert of the evening and of the small hours until the same morning', () => {
  expect(afterQuietHours(night, '2026-11-19T21:00:00.000Z')).toBe('2026-11-20T06:00:00.000Z');
  expect(afterQuietHours(night, '2026-11-20T02:00:00.000Z')).toBe('2026-11-20T06:00:00.000Z');
});

test('ends at the same local time in the night when the clock goes forward', () => {
  expect(afterQuietHours(night, '2026-03-28T22:30:00.000Z')).toBe('2026-03-29T05:00:00.000Z');
});

test('ends at the same local time in the night when the clock goes back', () => {
  expect(afterQuietHours(night, '2026-10-24T21:00:00.000Z')).toBe('2026-10-25T06:00:00.000Z');
});

test('ends after the gap when its end does not exist that night', () => {
  const early = { timeZone: 'Europe/Malta', quietFrom: '23:00', quietTo: '02:30' };
  expect(afterQuietHours(early, '2026-03-29T00:30:00.000Z')).toBe('2026-03-29T01:30:00.000Z');
});

test('does not hold an alert for ever in the hour that comes twice', () => {
  const early = { timeZone: 'Europe/Malta', quietFrom: '23:00', quietTo: '02:30' };
  const secondTime = '2026-10-25T01:10:00.000Z';
  expect(afterQuietHours(early, secondTime)).toBe(secondTime);
});

test('knows quiet hours within one day, and none', () => {
  const noon = { timeZone: 'UTC', quietFrom: '12:00', quietTo: '13:00' };
  expect(afterQuietHours(noon, '2026-11-19T12:00:00.000Z')).toBe('2026-11-19T13:00:00.000Z');
  expect(afterQuietHours(noon, '2026-11-19T13:00:00.000Z')).toBe('2026-11-19T13:00:00.000Z');
  const none = { timeZone: 'UTC', quietFrom: null, quietTo: null };
  expect(afterQuietHours(none, '2026-11-19T23:00:00.000Z')).toBe('2026-11-19T23:00:00.000Z');
});
