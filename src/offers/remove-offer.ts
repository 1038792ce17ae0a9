import { closeForOffer } from '../incidents/close-for-offer.js';
import type { Core } from '../ports.js';
import type { Offer } from './offer.js';

/** Deletes an offer with all that hangs on it, after what was open about it is closed in its channel. Answers the number of rows. */
export async function removeOffer(core: Core, offer: Offer): Promise<number> {
  const now = core.clock.now();
  return core.stores.transaction(async (stores) => {
    await closeForOffer({ ...core, stores }, offer, now, `${offer.name} was removed`);
    return stores.offers.remove(offer.id);
  });
}
