import type { Caller } from '../command.js';
import type { Core } from '../ports.js';
import { offerNotFound } from '../problems/offer.js';
import { ProblemError } from '../problems/problem.js';
import type { Offer } from './offer.js';

/** The offer that a person named, by number or name; throws `offer.not-found` with the names there are. */
export async function findOffer(core: Core, caller: Caller, named: string): Promise<Offer> {
  const offer = await core.stores.offers.find(caller.workspace, named);
  if (offer) return offer;
  const names = (await core.stores.offers.list(caller.workspace)).map((known) => known.name);
  throw new ProblemError(offerNotFound(named, names));
}
