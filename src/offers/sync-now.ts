import { visibleOffers } from '../access/visible-offers.js';
import type { Card } from '../card.js';
import type { Caller } from '../command.js';
import { addDays, type Day, daysBetween, readableSpan } from '../dates.js';
import type { Core } from '../ports.js';
import { nothingToSync, windowInvalid } from '../problems/offer.js';
import { ProblemError } from '../problems/problem.js';
import { daysOf, queueSpan } from '../sync/queue-sync.js';
import { lastDay, type Window } from '../sync/windows.js';
import { findOffer } from './find-offer.js';
import type { Offer } from './offer.js';
import { mostHistoryDays } from './save-offer.js';

const recentDays = 3;

export interface SyncRequest {
  readonly offer?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** Queues a reading of one offer or of all that the caller sees; long ones show their progress in the channel. */
export async function syncNow(core: Core, caller: Caller, request: SyncRequest): Promise<Card> {
  const now = core.clock.now();
  const chosen = request.offer
    ? [await findOffer(core, caller, request.offer)]
    : (await visibleOffers(core, caller)).filter((offer) => offer.state === 'active');
  if (chosen.length === 0) throw new ProblemError(nothingToSync());
  const spans = chosen.map((offer) => ({ offer, span: spanFor(offer, request, now) }));
  await core.stores.transaction(async (stores) => {
    for (const { offer, span } of spans) await queueSpan(stores, offer, span, 'manual', now);
  });
  const first = spans[0];
  const days = first ? daysBetween(first.span.from, first.span.to).length : 0;
  const only = chosen.length === 1 ? first : undefined;
  const counted = `${days} ${days === 1 ? 'day' : 'days'}`;
  return {
    title: only
      ? `Reading ${only.offer.name} now: ${readableSpan(only.span.from, only.span.to)}, ${counted}`
      : `Reading ${chosen.length} offers now, ${counted} each`,
    tone: 'plain',
    blocks: [
      {
        type: 'text',
        text: `See what came in: ${only ? `/offer show ${only.offer.number}` : '/offer list'}`,
      },
    ],
  };
}

function spanFor(offer: Offer, request: SyncRequest, now: string): Window {
  const newest = lastDay(offer.platform, now);
  const to = request.to ?? (request.from ? newest : daysOf(offer, recentDays, now).to);
  const from = request.from ?? (request.to ? request.to : addDays(to, 1 - recentDays));
  if (from > newest) throw new ProblemError(windowInvalid(`the newest day to ask for is ${newest}`));
  if (from > to) throw new ProblemError(windowInvalid('the first day is after the last'));
  if (from < addDays(newest, -mostHistoryDays)) {
    throw new ProblemError(windowInvalid(`${mostHistoryDays} days back is the most`));
  }
  return { from, to: to < newest ? to : newest };
}
