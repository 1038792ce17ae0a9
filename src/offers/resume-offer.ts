import type { Core } from '../ports.js';
import { daysOf, queueMissing, queueSync } from '../sync/queue-sync.js';
import type { Offer } from './offer.js';

const recentDays = 3;

/** Reads an offer again and queues what was missed. Answers the number of chunks queued for missed days. */
export async function resumeOffer(core: Core, offer: Offer): Promise<number> {
  const now = core.clock.now();
  return core.stores.transaction(async (stores) => {
    await stores.offers.change(offer.id, { state: 'active', nextSyncAt: now });
    await queueSync(stores, offer, daysOf(offer, recentDays, now), 'recovery', now);
    return queueMissing(stores, offer, now);
  });
}
