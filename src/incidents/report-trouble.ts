import { addMilliseconds, type Instant } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import { isOwnFault } from '../problems/is-own-fault.js';
import type { Problem } from '../problems/problem.js';
import { closeIncident } from './close-incident.js';
import type { Incident } from './incident.js';
import { openIncident, tellFirst } from './open-incident.js';
import { fullRoundMs, isPlatformDown } from './platform-down.js';
import { reportPlatformDown } from './report-platform-down.js';
import { tellAt } from './tell-when.js';
import type { Telling } from './telling.js';
import { hasStopped, kindOfTrouble, mayBeOutage } from './trouble-kind.js';

/** A run that failed for good: a refused token at once, everything else after its last retry. */
export interface Trouble {
  readonly offer: Offer;
  readonly problem: Problem;
  readonly at: Instant;
  /** How often this run tried. */
  readonly tries: number;
}

/** `own-fault`: nothing was recorded. `platform-down`: it counts towards the incident of its host. */
export type TroubleOutcome = 'own-fault' | 'opened' | 'reopened' | 'seen' | 'platform-down';

/** Records that an offer could not be read and tells whom it concerns, once. Call it inside the sync's transaction. */
export async function reportTrouble(telling: Telling, trouble: Trouble): Promise<TroubleOutcome> {
  const { offer, problem, at } = trouble;
  if (isOwnFault(problem.code)) return 'own-fault';
  const atHost = await activeAtHost(telling, offer);
  if (mayBeOutage(problem.code) && (await isDown(telling, trouble, atHost))) {
    await reportPlatformDown(telling, trouble, atHost);
    return 'platform-down';
  }
  const open = (await telling.stores.incidents.openFor(offer.id)).filter((one) => hasStopped(one.kind));
  const refused = open.find((one) => one.kind === 'token-refused');
  const kind = refused ? refused.kind : kindOfTrouble(problem.code);
  const { incident, how } = await openIncident(telling, {
    workspace: offer.workspace,
    kind,
    subject: `offer:${offer.id}`,
    offerId: offer.id,
    // A time-out does not take back that the token was refused: the advice stays.
    problem: refused && kindOfTrouble(problem.code) !== kind ? refused.problem : problem,
    at,
    tries: trouble.tries,
  });
  for (const other of open.filter((one) => one.kind !== kind)) {
    await closeIncident(
      telling,
      other,
      at,
      `${offer.name}: its token is refused, see alert ${incident.number}`,
    );
  }
  if (how === 'opened' && (await whenToTell(telling, incident, offer)) <= at) {
    await tellFirst(telling, incident, at);
  }
  return how;
}

async function activeAtHost({ stores }: Telling, offer: Offer): Promise<readonly Offer[]> {
  const offers = await stores.offers.list(offer.workspace);
  return offers.filter((one) => one.host === offer.host && one.state === 'active');
}

async function isDown({ stores }: Telling, trouble: Trouble, atHost: readonly Offer[]): Promise<boolean> {
  const { offer, problem, at } = trouble;
  const known = await stores.incidents.openAt(offer.workspace, 'platform-down', `host:${offer.host}`);
  if (known && !atHost.some((one) => (one.lastGoodSyncAt ?? '') > known.lastSeenAt)) return true;
  const runs = await stores.runs.atHostSince(offer.host, addMilliseconds(at, -fullRoundMs));
  const tokens = new Map(atHost.map((one) => [one.id, one.tokenFingerprint]));
  const ended = runs.flatMap((run) => {
    const tokenFingerprint = tokens.get(run.offerId);
    if (tokenFingerprint === undefined) return [];
    const problemCode = run.state === 'good' ? null : (run.problemCode ?? 'own.unknown');
    return [{ offerId: run.offerId, tokenFingerprint, endedAt: run.endedAt, problemCode }];
  });
  const thisRun = {
    offerId: offer.id,
    tokenFingerprint: offer.tokenFingerprint,
    endedAt: at,
    problemCode: problem.code,
  };
  return isPlatformDown([...ended, thisRun], atHost.length);
}

/** When an incident of one offer may be told, seeing what its neighbours at the host go through. */
export async function whenToTell(telling: Telling, incident: Incident, offer: Offer): Promise<Instant> {
  const open = (await telling.stores.incidents.listOpen(offer.workspace)).filter((one) =>
    hasStopped(one.kind),
  );
  const atHost = await activeAtHost(telling, offer);
  const neighbours = atHost
    .filter((one) => one.id !== offer.id)
    .map(({ id, tokenFingerprint }) => ({
      tokenFingerprint,
      incident: open.find((one) => one.offerId === id && mayBeOutage(one.problem.code)) ?? null,
    }));
  return tellAt(incident, offer.tokenFingerprint, neighbours);
}
