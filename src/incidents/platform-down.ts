import type { Instant } from '../dates.js';
import { isRefusal, mayBeOutage } from './trouble-kind.js';

/** Offers are read every hour at spread times; in this time each had its turn. */
export const fullRoundMs = 70 * 60_000;

/** How one offer's last run at the host ended. */
export interface HostRun {
  readonly offerId: number;
  readonly tokenFingerprint: string;
  readonly endedAt: Instant;
  /** `null` for a good run. */
  readonly problemCode: string | null;
}

/**
 * Tells a platform that is down from offers that are broken: how many different offers failed since the host last
 * gave anybody a good answer. Three are enough; where fewer than five offers live at the host, half of them but at
 * least two. Refused tokens count once a token, because one expired token may serve several reports.
 */
export function isPlatformDown(runs: readonly HostRun[], activeOffers: number): boolean {
  const lastGood = runs
    .filter((run) => run.problemCode === null)
    .reduce((latest, run) => (run.endedAt > latest ? run.endedAt : latest), '');
  const latest = new Map<number, HostRun>();
  for (const run of runs) {
    const known = latest.get(run.offerId);
    if (!known || known.endedAt <= run.endedAt) latest.set(run.offerId, run);
  }
  const failing = new Set<string>();
  for (const { offerId, tokenFingerprint, problemCode, endedAt } of latest.values()) {
    if (problemCode === null || endedAt <= lastGood || !mayBeOutage(problemCode)) continue;
    failing.add(isRefusal(problemCode) ? `token:${tokenFingerprint}` : `offer:${offerId}`);
  }
  return failing.size >= outageSize(activeOffers);
}

function outageSize(activeOffers: number): number {
  return Math.min(3, Math.max(2, Math.ceil(activeOffers / 2)));
}
