import type { Caller } from '../command.js';
import type { Offer, OfferPage } from '../offers/offer.js';
import type { Stores } from '../ports.js';
import { isAdmin } from './is-admin.js';

/** Offers whose figures the caller may see here: those of this channel and their own; admins see all, guests none. */
export async function visibleOffers(
  core: { readonly stores: Stores },
  caller: Caller,
): Promise<readonly Offer[]> {
  if (caller.isGuest) return [];
  const offers = await core.stores.offers.list(caller.workspace);
  if (await isAdmin(core, caller)) return offers;
  return offers.filter((offer) => isInChannel(offer, caller) || offer.ownerId === caller.user.id);
}

/** The first of the offers that the caller may see here; how many of those that need a hand are active ones among them. */
export async function visiblePage(
  core: { readonly stores: Stores },
  caller: Caller,
  limit: number,
  needing: readonly number[],
): Promise<OfferPage> {
  const scope = (await isAdmin(core, caller))
    ? null
    : { channelId: caller.channel.id, ownerId: caller.user.id };
  const page = await core.stores.offers.page(caller.workspace, scope, limit, needing);
  return caller.isGuest ? { offers: [], found: 0, activeOf: 0, all: page.all } : page;
}

/** What may be shown to everybody in the caller's channel: the offers of that channel, whoever asks. */
export async function channelOffers(
  core: { readonly stores: Stores },
  caller: Caller,
): Promise<readonly Offer[]> {
  if (caller.isGuest) return [];
  const offers = await core.stores.offers.list(caller.workspace);
  return offers.filter((offer) => isInChannel(offer, caller));
}

function isInChannel(offer: Offer, caller: Caller): boolean {
  return offer.channelId === caller.channel.id;
}
