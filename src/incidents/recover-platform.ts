import { addMilliseconds, type Day, daysBetween, type Instant } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import { recoverIncident } from './close-incident.js';
import type { Incident } from './incident.js';
import { fullRoundMs } from './platform-down.js';
import { buildReceipt, type ReadAgain } from './receipt.js';
import { offersOf, type Telling } from './telling.js';

/**
 * Ends an outage when every active offer of the host was read since its last failure, or a full round after the first
 * good answer: what still fails then is that offer's own trouble. Answers whether it ended. `justRead` is an offer whose good run is being stored.
 */
export async function recoverPlatform(
  telling: Telling,
  outage: Incident,
  at: Instant,
  justRead?: number,
): Promise<boolean> {
  const offers = await offersOf(telling.stores, outage, outage.subject.replace(/^host:/, ''));
  const answered = offers.filter((offer) => offer.id === justRead || hasAnswered(offer, outage));
  if (answered.length === 0) return false;
  if (answered.length < offers.length && !(await answersForARound(telling, outage, offers, at))) return false;
  const read: ReadAgain[] = [];
  const days = new Set<Day>();
  for (const offer of answered) {
    for (const run of await telling.stores.runs.latest(offer.id, 3)) {
      const isBefore = run.startedAt < outage.openedAt || run.state === 'failed';
      if (isBefore) continue;
      read.push({ offerId: offer.id, from: run.from, to: run.to });
      for (const day of daysBetween(run.from, run.to)) days.add(day);
    }
  }
  const windows = widest(read);
  const receipt = await buildReceipt(telling.stores, windows, [...days].sort(), outage.openedAt, at);
  await recoverIncident(telling, outage, at, receipt);
  return true;
}

function hasAnswered(offer: Offer, outage: Incident): boolean {
  return offer.lastGoodSyncAt !== null && offer.lastGoodSyncAt > outage.lastSeenAt;
}

/** True when the first good answer since the last failure is a full round ago. */
async function answersForARound(
  { stores }: Telling,
  outage: Incident,
  offers: readonly Offer[],
  at: Instant,
): Promise<boolean> {
  const roundAgo = addMilliseconds(at, -fullRoundMs);
  if (outage.lastSeenAt > roundAgo) return false;
  const host = outage.subject.replace(/^host:/, '');
  const runs = await stores.runs.atHostSince(host, outage.lastSeenAt);
  const ids = new Set(offers.map((offer) => offer.id));
  return runs.some(({ offerId, state, endedAt }) => {
    return ids.has(offerId) && state === 'good' && endedAt <= roundAgo;
  });
}

/** One window an offer, so that no day is counted twice. */
function widest(read: readonly ReadAgain[]): ReadAgain[] {
  const windows = new Map<number, ReadAgain>();
  for (const one of read) {
    const known = windows.get(one.offerId) ?? one;
    windows.set(one.offerId, {
      offerId: one.offerId,
      from: one.from < known.from ? one.from : known.from,
      to: one.to > known.to ? one.to : known.to,
    });
  }
  return [...windows.values()];
}
