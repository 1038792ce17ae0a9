import type { Core } from '../ports.js';
import { nextHourly } from './next-sync.js';
import { queueSync } from './queue-sync.js';
import { scheduledWindow } from './windows.js';

const batch = 500;

/** Queues every offer whose sync is due, and says whether there was one. Asked each minute; what is due is in the database. */
export async function planSyncs(core: Core): Promise<boolean> {
  const now = core.clock.now();
  const due = await core.stores.offers.due(now, batch);
  if (due.length === 0) return false;
  await core.stores.transaction(async (stores) => {
    for (const offer of due) {
      await queueSync(stores, offer, scheduledWindow(offer, now), 'schedule', now);
      await stores.offers.change(offer.id, { nextSyncAt: nextHourly(offer.id, now) });
    }
  });
  return true;
}
