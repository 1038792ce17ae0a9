import { isAdmin } from '../access/is-admin.js';
import type { Caller } from '../command.js';
import type { Offer } from '../offers/offer.js';
import type { Stores } from '../ports.js';
import { incidentNotYours, incidentUnknown } from '../problems/incident.js';
import { ProblemError } from '../problems/problem.js';
import type { Incident } from './incident.js';
import { offersOf } from './telling.js';

/** The open incident of this number, when the caller may answer it: as owner of an offer it is about, or as an admin. */
export async function incidentToAnswer(stores: Stores, number: number, caller: Caller): Promise<Incident> {
  const incident = await stores.incidents.findByNumber(caller.workspace, number);
  if (!incident || incident.state === 'recovered') throw new ProblemError(incidentUnknown(number));
  if (await isAdmin({ stores }, caller)) return incident;
  const offers = await concernedOffers(stores, incident);
  if (offers.some((offer) => offer.ownerId === caller.user.id)) return incident;
  throw new ProblemError(
    incidentNotYours(number, offers.length === 1 ? (offers[0]?.ownerName ?? null) : null),
  );
}

/** Whether somebody may read about an incident here: admins, owners, and everybody in the channel of its offer. */
export async function maySee(
  stores: Stores,
  incident: Incident,
  caller: Caller,
  admin: boolean,
): Promise<boolean> {
  if (admin) return true;
  const offers = await concernedOffers(stores, incident);
  return offers.some((offer) => offer.ownerId === caller.user.id || offer.channelId === caller.channel.id);
}

async function concernedOffers(stores: Stores, incident: Incident): Promise<readonly Offer[]> {
  if (incident.kind === 'delivery-failed') return [];
  return offersOf(stores, incident, incident.subject.replace(/^host:/, ''));
}
