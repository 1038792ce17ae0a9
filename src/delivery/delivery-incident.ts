import { addMilliseconds, type Instant } from '../dates.js';
import { recoverIncident } from '../incidents/close-incident.js';
import type { Incident } from '../incidents/incident.js';
import { openIncident, tellFirst } from '../incidents/open-incident.js';
import type { Core, Stores } from '../ports.js';
import { deliveryRefused, deliveryUncertain, messageRefused } from '../problems/incident.js';
import type { Problem } from '../problems/problem.js';
import { mentionInstead } from './mention-instead.js';
import type { OutboxRow } from './outbox.js';
import { refusalScope } from './refusal-scope.js';

/** A place that refused a message for good is asked again after a day, or once somebody acknowledged the incident. */
const askAgainMs = 86_400_000;

function placeOf({ target }: OutboxRow): string {
  return `${target.kind}:${target.id}`;
}

async function refusalsOf(stores: Stores, row: OutboxRow): Promise<Incident[]> {
  const { incidents } = stores;
  const place = await incidents.openAt(row.workspace, 'delivery-failed', placeOf(row));
  const whole = await incidents.openAt(row.workspace, 'delivery-failed', `workspace:${row.workspace}`);
  return [place, whole].filter((incident) => incident !== null);
}

/** True while a place is known to refuse everything: its rows wait, and nothing is sent in vain. */
export async function isPlaceRefused(stores: Stores, row: OutboxRow, now: Instant): Promise<boolean> {
  const known = await refusalsOf(stores, row);
  return known.some((incident) => now < addMilliseconds(incident.lastSeenAt, askAgainMs));
}

/** The message is there: closes the row, and the place's incident if it had one. */
export async function recordArrival(
  core: Core,
  row: OutboxRow,
  messageId: string,
  now: Instant,
): Promise<void> {
  await core.stores.transaction(async (stores) => {
    await stores.outbox.sent(row.id, messageId, now);
    for (const known of await refusalsOf(stores, row)) {
      await recoverIncident({ stores, vault: core.vault }, known, now);
    }
  });
}

/** It is refused for good: the row is kept as failed, and the admins are told once a message, place or workspace. */
export async function recordRefusal(core: Core, row: OutboxRow, reason: string, now: Instant): Promise<void> {
  const { target, card, workspace } = row;
  switch (refusalScope(reason)) {
    case 'message':
      core.log.error({ row: row.id, reason }, 'a message is not well made for its surface');
      return recordFailed(
        core,
        row,
        `message:${row.id}`,
        messageRefused(target.name, card.title, reason),
        now,
      );
    case 'place':
      return recordFailed(core, row, placeOf(row), deliveryRefused(target.name, reason), now);
    case 'workspace':
      return recordFailed(
        core,
        row,
        `workspace:${workspace}`,
        deliveryRefused('this workspace', reason),
        now,
      );
  }
}

/** Nobody can tell whether the message is there: a person is asked, and it is never sent again by itself. */
export async function recordUncertainty(core: Core, row: OutboxRow, now: Instant): Promise<void> {
  const problem = deliveryUncertain(row.target.name, row.card.title);
  await recordFailed(core, row, `message:${row.id}`, problem, now);
}

async function recordFailed(
  core: Core,
  row: OutboxRow,
  subject: string,
  problem: Problem,
  now: Instant,
): Promise<void> {
  await core.stores.transaction(async (stores) => {
    const telling = { stores, vault: core.vault };
    await stores.outbox.failed(row.id, now);
    const sighting = { workspace: row.workspace, kind: 'delivery-failed' as const, offerId: null };
    const seen = { ...sighting, subject, problem, at: now, tries: 1 };
    const { incident, how } = await openIncident(telling, seen);
    if (how === 'opened') await tellFirst(telling, incident, now);
    await mentionInstead(telling, row, now);
  });
}
