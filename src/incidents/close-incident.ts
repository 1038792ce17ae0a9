import { fromInstant, type Instant } from '../dates.js';
import type { Incident, Receipt } from './incident.js';
import { type Telling, tell } from './telling.js';

/** Ends an incident that is mended: its messages are edited and get the receipt. One never told ends in silence. */
export async function recoverIncident(
  telling: Telling,
  incident: Incident,
  at: Instant,
  brought: Omit<Receipt, 'lastedMs'> = { days: [], changed: [] },
): Promise<void> {
  const lastedMs = Math.max(0, fromInstant(at) - fromInstant(incident.openedAt));
  const change = {
    state: 'recovered' as const,
    recoveredAt: at,
    snoozedUntil: null,
    receipt: { lastedMs, ...brought },
  };
  await telling.stores.incidents.change(incident.id, change);
  if (incident.toldAt !== null) await tell(telling, { ...incident, ...change }, at);
}

/** Ends an incident that became part of another one, or that somebody settled: no receipt. */
export async function closeIncident(
  telling: Telling,
  incident: Incident,
  at: Instant,
  ending?: string,
): Promise<void> {
  const change = { state: 'recovered' as const, recoveredAt: at, snoozedUntil: null, receipt: null };
  await telling.stores.incidents.change(incident.id, change);
  if (incident.toldAt !== null) await tell(telling, { ...incident, ...change }, at, ending);
}
