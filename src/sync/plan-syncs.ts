import type { Instant } from '../dates.js';
import type { Core } from '../ports.js';
import { nextHourly } from './next-sync.js';
import { queueSync } from './queue-sync.js';
import { scheduledWindow } from './windows.js';

/** Few at a time: on SQLite nobody is answered while a transaction goes on. */
const batch = 20;

/** Queues every offer whose sync is due, and says whether there was one. Asked each minute; what is due is in the database. */
export async function planSyncs(core: Core): Promise<boolean> {
  const now = core.clock.now();
  if ((await core.stores.offers.due(now, 1)).length === 0) return false;
  let planned = await planBatch(core, now);
  const isAny = planned > 0;
  while (planned === batch) planned = await planBatch(core, now);
  return isAny;
}

/** What a power cut takes back is due again. */
function planBatch(core: Core, now: Instant): Promise<number> {
  return core.stores.transaction(async (stores) => {
    const due = await stores.offers.due(now, batch);
    for (const offer of due) {
      await queueSync(stores, offer, scheduledWindow(offer, now), 'schedule', now);
      await stores.offers.change(offer.id, { nextSyncAt: nextHourly(offer.id, now) });
    }
    return due.length;
  }, 'soon');
}
