import { addDays, type Day } from '../dates.js';
import type { Stores } from '../ports.js';
import { settleTime } from './settling.js';

/** Days of the past from which an offer's way of filling up is learnt; the youngest are still filling up themselves. */
const oldest = 28;
const youngest = 4;

/** How long this offer's days usually fill up after their end, in milliseconds. */
export async function settleTimeOf(
  stores: Stores,
  offerId: number,
  today: Day,
  zone: string,
): Promise<number> {
  const from = addDays(today, -oldest);
  const to = addDays(today, -youngest);
  const records = await stores.figures.days(offerId, from, to);
  const changes = await stores.figures.changes(offerId, from, to);
  return settleTime(records, changes, zone);
}
