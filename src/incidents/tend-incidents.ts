import type { Workspace } from '../access/workspace.js';
import type { Instant } from '../dates.js';
import type { Target } from '../delivery/outbox.js';
import type { Core } from '../ports.js';
import { closeIncident } from './close-incident.js';
import { type DueStep, dueStep } from './due-step.js';
import type { Incident } from './incident.js';
import { reminderCard } from './incident-card.js';
import { tellFirst } from './open-incident.js';
import { recoverPlatform } from './recover-platform.js';
import { whenToTell } from './report-trouble.js';
import { offersOf, type Telling, tell, tellPeople } from './telling.js';
import { hasStopped } from './trouble-kind.js';

/**
 * One step of the minute's round over open incidents: tells one that was held back, reminds, escalates, ends a snooze,
 * or ends an outage whose last offers never came back. Answers whether there was anything to do.
 */
export async function tendIncidents(core: Core): Promise<boolean> {
  const now = core.clock.now();
  return core.stores.transaction(async (stores) => {
    const telling = { stores, vault: core.vault };
    const workspaces = new Map<string, Workspace | null>();
    for (const incident of await stores.incidents.allOpen()) {
      const id = incident.workspace;
      if (!workspaces.has(id)) workspaces.set(id, await stores.workspaces.get(id));
      const workspace = workspaces.get(id);
      if (!workspace) continue;
      if (incident.kind === 'platform-down' && (await recoverPlatform(telling, incident, now))) return true;
      if (await closeIfUnwatched(telling, incident, now)) return true;
      const step = dueStep(incident, workspace, await tellFromOf(telling, incident), now);
      if (step === null) continue;
      await take(telling, incident, step, now);
      return true;
    }
    return false;
  });
}

/** A paused offer is not read, so nothing about it can recover: what is open ends without a receipt. */
async function closeIfUnwatched(telling: Telling, incident: Incident, now: Instant): Promise<boolean> {
  if (incident.kind === 'delivery-failed') return false;
  const offers = await offersOf(telling.stores, incident, incident.subject.replace(/^host:/, ''));
  if (offers.some((offer) => offer.state === 'active')) return false;
  const name = offers[0]?.name ?? incident.subject.replace(/^host:/, '');
  await closeIncident(telling, incident, now, `${name} is paused: nothing is read there`);
  return true;
}

async function tellFromOf(telling: Telling, incident: Incident): Promise<Instant> {
  if (incident.toldAt !== null || incident.offerId === null || !hasStopped(incident.kind)) {
    return incident.openedAt;
  }
  const offer = await telling.stores.offers.get(incident.offerId);
  return offer ? whenToTell(telling, incident, offer) : incident.openedAt;
}

async function take(telling: Telling, incident: Incident, step: DueStep, now: Instant): Promise<void> {
  switch (step) {
    case 'tell':
      await tellFirst(telling, incident, now);
      return;
    case 'end-snooze':
      return endSnooze(telling, incident, now);
    case 'remind':
      return remind(telling, incident, now);
    case 'escalate':
      return escalate(telling, incident, now);
  }
}

async function endSnooze(telling: Telling, incident: Incident, now: Instant): Promise<void> {
  const change = { state: 'open' as const, remindedAt: now };
  await telling.stores.incidents.change(incident.id, change);
  const open = { ...incident, ...change };
  await tell(telling, open, now);
  const subject = `incident:${incident.id}:snooze:${incident.snoozedUntil ?? now}`;
  await tellPeople(telling, open, now, { subject, draw: (view) => reminderCard(view, 'Snooze is over') });
}

async function remind(telling: Telling, incident: Incident, now: Instant): Promise<void> {
  await telling.stores.incidents.change(incident.id, { remindedAt: now });
  const subject = `incident:${incident.id}:reminder`;
  await tellPeople(telling, incident, now, { subject, draw: (view) => reminderCard(view, 'Still open') });
}

async function escalate(telling: Telling, incident: Incident, now: Instant): Promise<void> {
  await telling.stores.incidents.change(incident.id, {
    escalatedAt: now,
    remindedAt: incident.remindedAt ?? now,
  });
  const admins = await telling.stores.workspaces.admins(incident.workspace);
  const people = admins.map((admin): Target => ({ kind: 'user', ...admin }));
  const subject = `incident:${incident.id}:escalation`;
  await tellPeople(telling, incident, now, {
    subject,
    people,
    draw: (view) => reminderCard(view, 'Nobody has acknowledged this'),
  });
}
