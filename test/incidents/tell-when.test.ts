import { expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import type { Incident } from '../../src/incidents/incident.js';
import { tellAt } from '../../src/incidents/tell-when.js';
import { minute, problem } from '../support/bench-core.js';
import { now } from '../support/stored.js';

function failing(id: number, code: string, openedAt = now): Incident {
  return {
    id,
    workspace: 'slack:T1',
    number: id,
    kind: 'sync-failing',
    subject: `offer:${id}`,
    offerId: id,
    state: 'open',
    problem: problem(code),
    tries: 1,
    openedAt,
    lastSeenAt: openedAt,
    recoveredAt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
    toldAt: null,
    remindedAt: null,
    escalatedAt: null,
    receipt: null,
  };
}

const well = { tokenFingerprint: 'other', incident: null };
const inTrouble = { tokenFingerprint: 'other', incident: failing(1, 'probe.timed-out') };

function waits(incident: Incident, neighbours: Parameters<typeof tellAt>[2]): number {
  return (Date.parse(tellAt(incident, 'mine', neighbours)) - Date.parse(incident.openedAt)) / minute;
}

test('tells at once what is certain, or what has no neighbour to compare with', () => {
  expect(waits(failing(2, 'probe.token-refused'), [well])).toBe(0);
  expect(waits(failing(2, 'probe.timed-out'), [])).toBe(0);
  expect(waits(failing(2, 'probe.too-large'), [inTrouble])).toBe(0);
});

test('waits ten minutes with what may pass by itself while others live at the host', () => {
  expect(waits(failing(2, 'probe.server-error'), [well])).toBe(10);
});

test('waits a full round while an earlier offer of the host is in trouble too', () => {
  expect(waits(failing(2, 'probe.server-error'), [well, inTrouble])).toBe(70);
  expect(waits(failing(2, 'probe.token-refused'), [inTrouble])).toBe(70);
});

test('does not wait for a neighbour of the same token, a later one, or one that broke long before', () => {
  const incident = failing(2, 'probe.token-refused', addMilliseconds(now, 71 * minute));

  expect(waits(failing(2, 'probe.token-refused'), [{ ...inTrouble, tokenFingerprint: 'mine' }])).toBe(0);
  expect(waits(failing(0, 'probe.token-refused'), [inTrouble])).toBe(0);
  expect(waits(incident, [inTrouble])).toBe(0);
});
