import type { Instant } from './dates.js';
import type { Stores } from './ports.js';
import { keyMissing } from './problems/secrets.js';
import { sealMark } from './vault.js';

const endOfTime: Instant = '9999-12-31T23:59:59.999Z';

/** Lets all jobs go that a process which died has held. No other process may be at work on this database. */
export async function releaseAllJobs({ jobs }: Stores): Promise<void> {
  await jobs.releaseExpired(endOfTime);
}

/** Throws `secrets.key-missing` when something stored was sealed with a key that is not in the key file. */
export async function requireKeys(stores: Stores, keyIds: readonly string[]): Promise<void> {
  const [stranger] = await stores.sealed.withoutMarks(keyIds.map(sealMark), 1);
  if (stranger) throw keyMissing(stranger.sealed.split('.')[1] ?? '?');
}
