import type { Core } from '../ports.js';
import { queueMissed } from '../sync/queue-sync.js';
import type { Window } from '../sync/windows.js';
import type { Offer } from './offer.js';

/** Reads an offer again, and first what was missed meanwhile. Answers the days that are read. */
export async function resumeOffer(core: Core, offer: Offer): Promise<Window> {
  const now = core.clock.now();
  return core.stores.transaction(async (stores) => {
    await stores.offers.change(offer.id, { state: 'active', nextSyncAt: now });
    return queueMissed(stores, offer, now);
  });
}
