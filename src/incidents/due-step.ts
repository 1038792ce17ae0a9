import type { Workspace } from '../access/workspace.js';
import { addMilliseconds, type Instant } from '../dates.js';
import type { Incident } from './incident.js';

export type DueStep = 'tell' | 'end-snooze' | 'escalate' | 'remind';

/**
 * What time asks of an open incident now, one thing at a time. After downtime an overdue escalation takes the place of
 * the reminder. A snooze that ends puts the escalation off by the reminder's time, so that its owner comes first.
 * `tellFrom` is when it may first be told (see `tellAt`).
 */
export function dueStep(
  incident: Incident,
  settings: Pick<Workspace, 'remindAfterMs' | 'escalateAfterMs'>,
  tellFrom: Instant,
  now: Instant,
): DueStep | null {
  const { state, snoozedUntil, openedAt, toldAt } = incident;
  if (state === 'snoozed') return snoozedUntil !== null && snoozedUntil <= now ? 'end-snooze' : null;
  if (state !== 'open') return null;
  if (toldAt === null) return tellFrom <= now ? 'tell' : null;
  if (incident.escalatedAt === null && escalationOf(incident, settings) <= now) return 'escalate';
  if (incident.remindedAt === null && addMilliseconds(openedAt, settings.remindAfterMs) <= now) {
    return 'remind';
  }
  return null;
}

function escalationOf(
  { openedAt, snoozedUntil }: Incident,
  { remindAfterMs, escalateAfterMs }: Pick<Workspace, 'remindAfterMs' | 'escalateAfterMs'>,
): Instant {
  const usual = addMilliseconds(openedAt, escalateAfterMs);
  if (snoozedUntil === null) return usual;
  const afterSnooze = addMilliseconds(snoozedUntil, remindAfterMs);
  return afterSnooze > usual ? afterSnooze : usual;
}
