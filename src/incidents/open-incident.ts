import { addMilliseconds, type Instant } from '../dates.js';
import type { Problem } from '../problems/problem.js';
import type { Incident, IncidentKind } from './incident.js';
import { type Telling, tell } from './telling.js';

/** What comes back this soon after it recovered is the same incident: its message is edited, nobody is told again. */
const flappingMs = 6 * 3_600_000;

export interface Sighting {
  readonly workspace: string;
  readonly kind: IncidentKind;
  readonly subject: string;
  readonly offerId: number | null;
  readonly problem: Problem;
  readonly at: Instant;
  /** How many tries this sighting stands for. */
  readonly tries: number;
}

/** `opened`: new, and not told yet. `reopened`: it flaps. `seen`: it was open already. */
export interface Sighted {
  readonly incident: Incident;
  readonly how: 'opened' | 'reopened' | 'seen';
}

/** Opens an incident, takes up the one that recovered a short time ago, or counts one more sighting of the open one. */
export async function openIncident(telling: Telling, sighting: Sighting): Promise<Sighted> {
  const { incidents } = telling.stores;
  const { workspace, kind, subject, problem, at, tries } = sighting;
  const known = await incidents.openAt(workspace, kind, subject);
  if (known) {
    const change = { tries: known.tries + tries, lastSeenAt: at, problem };
    await incidents.change(known.id, change);
    return { incident: { ...known, ...change }, how: 'seen' };
  }
  const before = await incidents.lastRecovered(workspace, kind, subject);
  if (before && flaps(before, at))
    return { incident: await reopen(telling, before, sighting), how: 'reopened' };
  const { incident } = await incidents.open({
    workspace,
    kind,
    subject,
    offerId: sighting.offerId,
    problem,
    openedAt: at,
  });
  const change = { tries, lastSeenAt: at };
  await incidents.change(incident.id, change);
  return { incident: { ...incident, ...change }, how: 'opened' };
}

/** What was closed without a receipt had not recovered: it was part of another incident, or its change was accepted. */
function flaps(before: Incident, at: Instant): boolean {
  if (before.recoveredAt === null || before.receipt === null) return false;
  return at < addMilliseconds(before.recoveredAt, flappingMs);
}

async function reopen(telling: Telling, before: Incident, sighting: Sighting): Promise<Incident> {
  const change = {
    state: 'open' as const,
    problem: sighting.problem,
    tries: before.tries + sighting.tries,
    lastSeenAt: sighting.at,
    recoveredAt: null,
    receipt: null,
    acknowledgedBy: null,
    snoozedUntil: null,
  };
  await telling.stores.incidents.change(before.id, change);
  const incident = { ...before, ...change };
  if (incident.toldAt !== null) await tell(telling, incident, sighting.at);
  return incident;
}

/** Tells an incident for the first time. */
export async function tellFirst(telling: Telling, incident: Incident, now: Instant): Promise<Incident> {
  await telling.stores.incidents.change(incident.id, { toldAt: now });
  const told = { ...incident, toldAt: now };
  await tell(telling, told, now);
  return told;
}
