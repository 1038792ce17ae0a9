import { closeForOffer } from '../incidents/close-for-offer.js';
import type { Core } from '../ports.js';
import type { Offer } from './offer.js';

/** Stops reading an offer: what waits in the queue is dropped, and what was open about it is closed in its channel. */
export async function pauseOffer(core: Core, offer: Offer): Promise<void> {
  const now = core.clock.now();
  await core.stores.transaction(async (stores) => {
    await stores.offers.change(offer.id, { state: 'paused' });
    await stores.jobs.removeForOffer(offer.id);
    await closeForOffer({ ...core, stores }, offer, now, `${offer.name} is paused: nothing is read there`);
  });
}
