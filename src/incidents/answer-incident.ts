import { addMilliseconds, type Instant } from '../dates.js';
import { closeIncident } from './close-incident.js';
import type { Incident } from './incident.js';
import { type Telling, tell } from './telling.js';

/**
 * Somebody takes care of it: no reminder and no escalation until it recovers. A drifted report is accepted as it is now;
 * a place that refused messages is tried again.
 */
export async function acknowledgeIncident(
  telling: Telling,
  incident: Incident,
  by: string,
  now: Instant,
): Promise<Incident> {
  const { incidents, offers } = telling.stores;
  if (incident.kind === 'report-drifted' || incident.kind === 'delivery-failed') {
    const offer = incident.offerId === null ? null : await offers.get(incident.offerId);
    if (offer?.shape && incident.kind === 'report-drifted') {
      // The next good run says what there is from now on.
      await offers.change(offer.id, { shape: null });
    }
    await incidents.change(incident.id, { acknowledgedBy: by });
    await closeIncident(telling, { ...incident, acknowledgedBy: by }, now);
    return { ...incident, state: 'recovered', acknowledgedBy: by };
  }
  const change = { state: 'acknowledged' as const, acknowledgedBy: by, snoozedUntil: null };
  await incidents.change(incident.id, change);
  const acknowledged = { ...incident, ...change };
  if (incident.toldAt !== null) await tell(telling, acknowledged, now);
  return acknowledged;
}

/** Nothing more is said about it until then; it ends earlier when the incident recovers. */
export async function snoozeIncident(
  telling: Telling,
  incident: Incident,
  milliseconds: number,
  now: Instant,
): Promise<Incident> {
  const change = { state: 'snoozed' as const, snoozedUntil: addMilliseconds(now, milliseconds) };
  await telling.stores.incidents.change(incident.id, change);
  const snoozed = { ...incident, ...change };
  if (incident.toldAt !== null) await tell(telling, snoozed, now);
  return snoozed;
}
