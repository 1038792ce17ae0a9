import type { Card } from '../card.js';
import { addDays, type Day, dayIn, daysApart } from '../dates.js';
import type { ChannelRef } from '../options.js';
import type { Core } from '../ports.js';
import { historyTooLong, nameTaken, nothingToEdit, ownerNotMentioned } from '../problems/offer.js';
import { ProblemError } from '../problems/problem.js';
import { queueMissed, queueSpan } from '../sync/queue-sync.js';
import { lastDay } from '../sync/windows.js';
import type { Offer, OfferChange } from './offer.js';
import { readPerson } from './person.js';
import { mostHistoryDays } from './save-offer.js';

export interface OfferEdit {
  readonly name?: string | undefined;
  readonly channel?: ChannelRef | undefined;
  readonly owner?: string | undefined;
  readonly currency?: string | undefined;
  readonly from?: Day | undefined;
}

/** Changes what was given, and reads again what the change makes stale. */
export async function editOffer(core: Core, offer: Offer, edit: OfferEdit): Promise<Card> {
  const now = core.clock.now();
  const owner = edit.owner ? readPerson(edit.owner) : null;
  // A terminal has no directory of people; a chat does, and there a name is not enough to reach anybody.
  if (owner && !owner.isMention && offer.workspace !== 'terminal')
    throw new ProblemError(ownerNotMentioned());
  const change: OfferChange = {
    ...(edit.name ? { name: edit.name } : {}),
    ...(edit.channel ? { channelId: edit.channel.id, channelName: edit.channel.name } : {}),
    ...(owner ? { ownerId: owner.id, ownerName: owner.name } : {}),
    ...(edit.currency ? { currency: edit.currency } : {}),
    ...(edit.from ? { historyFrom: edit.from } : {}),
  };
  if (Object.keys(change).length === 0) throw new ProblemError(nothingToEdit());
  const oldest = addDays(dayIn('UTC', now), -mostHistoryDays);
  if (edit.from && edit.from < oldest) {
    throw new ProblemError(historyTooLong(daysApart(edit.from, dayIn('UTC', now)), mostHistoryDays));
  }
  const notes = await core.stores.transaction(async (stores) => {
    const others = (await stores.offers.list(offer.workspace)).filter((other) => other.id !== offer.id);
    const taken = others.find((other) => other.name.toLowerCase() === edit.name?.toLowerCase());
    if (taken) throw new ProblemError(nameTaken(taken.name, taken.number));
    await stores.offers.change(offer.id, change);
    const changed = { ...offer, ...change };
    if (edit.currency && offer.shape?.groups.includes('currency')) {
      return `The report names its own currencies, which stay; ${edit.currency} counts for rows that name none.`;
    }
    if (edit.currency && edit.currency !== offer.currency) {
      const span = { from: changed.historyFrom, to: lastDay(offer.platform, now) };
      await queueSpan(stores, changed, span, 'backfill', now);
      return `The whole history is read again as ${edit.currency}; progress is in ${changed.channelName}.`;
    }
    if (edit.from && edit.from < offer.historyFrom) {
      await queueMissed(stores, changed, now);
      return `The earlier days are read now; progress is in ${changed.channelName}.`;
    }
    return null;
  });
  const facts = [
    edit.name ? { label: 'Name', value: edit.name } : null,
    edit.channel ? { label: 'Channel', value: edit.channel.name } : null,
    owner ? { label: 'Owner', value: owner.name } : null,
    edit.currency ? { label: 'Currency', value: edit.currency } : null,
    edit.from ? { label: 'History from', value: edit.from } : null,
  ].filter((fact) => fact !== null);
  return {
    title: `${edit.name ?? offer.name} is changed`,
    tone: 'good',
    blocks: [{ type: 'facts', facts }, ...(notes ? [{ type: 'text', text: notes } as const] : [])],
  };
}
