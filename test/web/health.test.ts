import { expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import { examineHealth } from '../../src/health.js';
import { fakeClock, minute } from '../support/bench-core.js';
import { now } from '../support/stored.js';

const clock = fakeClock();
const ago = (milliseconds: number) => addMilliseconds(now, -milliseconds);

test.each([
  ['all runs', ago(minute), ago(14 * minute), { ok: true, ticks: 'ok', outbox: 'ok' }],
  ['nothing waits', ago(minute), null, { ok: true, ticks: 'ok', outbox: 'ok' }],
  ['messages wait on purpose', ago(minute), ago(-60 * minute), { ok: true, ticks: 'ok', outbox: 'ok' }],
  ['no minute was worked on for long', ago(4 * minute), null, { ok: false, ticks: 'late', outbox: 'ok' }],
  ['no minute was ever worked on', null, null, { ok: false, ticks: 'late', outbox: 'ok' }],
  ['nobody sends', ago(minute), ago(16 * minute), { ok: false, ticks: 'ok', outbox: 'late' }],
] as const)('tells when %s', async (_case, lastTick, due, expected) => {
  const health = await examineHealth({ clock, lastTick: () => lastTick, nextMessageDue: async () => due });

  expect(health).toEqual({ database: 'ok', ...expected });
});

test('tells when the database gives no answer', async () => {
  const nextMessageDue = () => Promise.reject(new Error('closed'));

  const health = await examineHealth({ clock, lastTick: () => now, nextMessageDue });

  expect(health).toEqual({ ok: false, database: 'failing', ticks: 'ok', outbox: 'unknown' });
});
