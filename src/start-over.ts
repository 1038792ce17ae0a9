import { addMilliseconds, type Instant } from './dates.js';
import type { Stores } from './ports.js';
import { keyMissing } from './problems/secrets.js';
import { sealMark } from './vault.js';

/** No sync takes longer, since its requests have deadlines; what runs longer belonged to a process that died. */
const longestRunMs = 60 * 60_000;
const endOfTime: Instant = '9999-12-31T23:59:59.999Z';

/**
 * Ends what a process that died has left behind. `isAlone`: no other process may be at work on this database, so that
 * everything still running was left behind.
 */
export async function closeLeftovers(stores: Stores, now: Instant, isAlone: boolean): Promise<void> {
  await stores.runs.closeAbandoned(isAlone ? endOfTime : addMilliseconds(now, -longestRunMs), now);
  await stores.jobs.releaseExpired(isAlone ? endOfTime : now);
}

/** Throws `secrets.key-missing` when something stored was sealed with a key that is not in the key file. */
export async function requireKeys(stores: Stores, keyIds: readonly string[]): Promise<void> {
  const [stranger] = await stores.sealed.withoutMarks(keyIds.map(sealMark), 1);
  if (stranger) throw keyMissing(stranger.sealed.split('.')[1] ?? '?');
}
