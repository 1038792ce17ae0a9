import { type Day, daysBetween, type Instant } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import { recoverIncident } from './close-incident.js';
import { buildReceipt } from './receipt.js';
import { recoverPlatform } from './recover-platform.js';
import type { Telling } from './telling.js';
import { hasStopped } from './trouble-kind.js';

/** A run that was good: the offer, and the window that was read. */
export interface GoodRun {
  readonly offer: Offer;
  readonly at: Instant;
  readonly from: Day;
  readonly to: Day;
}

/**
 * Ends what a good run proves to be mended: the offer's own refused token or failing sync, and its host's outage once
 * every offer there was read again. Call it inside the sync's transaction, after the figures are stored.
 */
export async function reportRecovery(telling: Telling, run: GoodRun): Promise<void> {
  const { offer, at, from, to } = run;
  const { incidents } = telling.stores;
  for (const incident of await incidents.openFor(offer.id)) {
    if (!hasStopped(incident.kind)) continue;
    const read = [{ offerId: offer.id, from, to }];
    const receipt = await buildReceipt(telling.stores, read, daysBetween(from, to), incident.openedAt, at);
    await recoverIncident(telling, incident, at, receipt);
  }
  const outage = await incidents.openAt(offer.workspace, 'platform-down', `host:${offer.host}`);
  if (outage) await recoverPlatform(telling, outage, at, offer.id);
}
