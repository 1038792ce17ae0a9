import { addMilliseconds, type Instant } from '../dates.js';
import type { Incident } from './incident.js';
import { fullRoundMs } from './platform-down.js';
import { mayBeOutage, mayPass } from './trouble-kind.js';

const shortHoldMs = 10 * 60_000;

/** Another offer at the same host. */
export interface Neighbour {
  readonly tokenFingerprint: string;
  /** Its own open incident that could be the platform's, if it has one. */
  readonly incident: Incident | null;
}

/**
 * When a single offer's incident may be told. Almost always at once; but what could be the platform waits until the
 * other offers of the host had their turn, so that a platform that is down is told as one: ten minutes for what may
 * pass by itself, a full round of syncs while another offer of the host (with another token) is in trouble too.
 */
export function tellAt(
  incident: Pick<Incident, 'id' | 'kind' | 'problem' | 'openedAt'>,
  tokenFingerprint: string,
  neighbours: readonly Neighbour[],
): Instant {
  const { code } = incident.problem;
  if (!mayBeOutage(code)) return incident.openedAt;
  const earlier = neighbours.some((neighbour) => {
    if (neighbour.tokenFingerprint === tokenFingerprint || neighbour.incident === null) return false;
    const { id, openedAt } = neighbour.incident;
    return id < incident.id && openedAt >= addMilliseconds(incident.openedAt, -fullRoundMs);
  });
  if (earlier) return addMilliseconds(incident.openedAt, fullRoundMs);
  if (mayPass(code) && neighbours.length > 0) return addMilliseconds(incident.openedAt, shortHoldMs);
  return incident.openedAt;
}
