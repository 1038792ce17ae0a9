import type { Instant } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import { closeIncident } from './close-incident.js';
import type { Telling } from './telling.js';

/** Ends everything that is open about an offer that is paused or goes, without a receipt. */
export async function closeForOffer(
  telling: Telling,
  offer: Offer,
  at: Instant,
  ending: string,
): Promise<void> {
  for (const incident of await telling.stores.incidents.openFor(offer.id)) {
    await closeIncident(telling, incident, at, ending);
  }
}
