import { addDays, type Day } from '../dates.js';
import type { Stores } from '../ports.js';
import type { DayRecords, LastChange } from '../sync/figure-store.js';
import { countsThatFillUp, settleTime } from './settling.js';

/** Days of the past from which an offer's way of filling up is learnt; the youngest are still filling up themselves. */
const oldest = 28;
const youngest = 4;

export type RecordsByOffer = ReadonlyMap<number, DayRecords>;

export interface OfferRecords {
  readonly records: RecordsByOffer;
  /** How long the days of each offer usually fill up after their end, in milliseconds. */
  readonly settleMs: ReadonlyMap<number, number>;
}

/** The days of a window (and some before it where it is short), and the way in which each offer's days before its end fill up. */
export async function readRecords(
  stores: Stores,
  offerIds: readonly number[],
  window: { readonly from: Day; readonly to: Day },
  zone: string,
): Promise<OfferRecords> {
  const from = addDays(window.to, -oldest);
  const to = addDays(window.to, -youngest);
  const { figures } = stores;
  const records = await figures.daysOf(offerIds, from < window.from ? from : window.from, window.to);
  const changes = byOffer(await figures.lastChanges(offerIds, from, to, countsThatFillUp));
  const settleMs = new Map<number, number>();
  for (const [offerId, days] of records) {
    settleMs.set(offerId, settleTime(days.between(from, to), changes.get(offerId) ?? [], zone));
  }
  return { records, settleMs };
}

function byOffer(changes: readonly LastChange[]): ReadonlyMap<number, readonly LastChange[]> {
  const grouped = new Map<number, LastChange[]>();
  for (const change of changes) {
    const known = grouped.get(change.offerId);
    if (known) known.push(change);
    else grouped.set(change.offerId, [change]);
  }
  return grouped;
}
