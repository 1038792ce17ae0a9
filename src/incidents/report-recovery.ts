import { type Day, daysBetween, type Instant } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import { recoverIncident } from './close-incident.js';
import { buildReceipt } from './receipt.js';
import { recoverPlatform } from './recover-platform.js';
import type { Telling } from './telling.js';
import { hasStopped } from './trouble-kind.js';

/** A run that was good: the offer, and the window that was read. */
export interface GoodRun {
  readonly offer: Offer;
  readonly at: Instant;
  readonly from: Day;
  readonly to: Day;
  /** The newest day that it brought rows of, if any. */
  readonly newest: Day | null;
  /** When the offer was read before a run that brought no other figures; `null` where it may have. */
  readonly sameSince?: Instant | null;
}

/** `hasOpen`: the offer had an incident when the run was stored; most have none, and nothing to look up then. */
export interface WatchedRun extends GoodRun {
  readonly hasOpen: boolean;
}

/**
 * Ends what a good run proves to be mended: the offer's own refused token or failing sync, and its host's outage once
 * every offer there was read again. Answers whether the offer had an incident. Call it inside the sync's transaction, after the figures are stored.
 */
export async function reportRecovery(telling: Telling, run: GoodRun): Promise<boolean> {
  const { offer, at, from, to } = run;
  const { incidents } = telling.stores;
  // Asked for together, which is one way to a database on another machine.
  const [open, outage] = await Promise.all([
    incidents.openFor(offer.id),
    incidents.openAt(offer.workspace, 'platform-down', `host:${offer.host}`),
  ]);
  for (const incident of open) {
    if (!hasStopped(incident.kind)) continue;
    const read = [{ offerId: offer.id, from, to }];
    const receipt = await buildReceipt(telling.stores, read, daysBetween(from, to), incident.openedAt, at);
    await recoverIncident(telling, incident, at, receipt);
  }
  if (outage) await recoverPlatform(telling, outage, at, offer.id);
  return open.length > 0;
}
