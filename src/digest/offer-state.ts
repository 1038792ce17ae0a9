import { daysBetween } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import type { DigestInput } from './digest-input.js';
import { defaultSettleMs, isProvisional } from './settling.js';

/** How far an offer has reported the period. */
export interface OfferState {
  readonly offer: Offer;
  readonly daysIn: number;
  readonly days: number;
  readonly provisional: boolean;
}

/** Of the active offers; a paused one is not expected to report. */
export function offerStates(input: DigestInput): OfferState[] {
  const days = daysBetween(input.period.from, input.period.to);
  return input.offers
    .filter((offer) => offer.state === 'active')
    .map((offer) => {
      const records = days.flatMap((day) => input.records.get(offer.id)?.on(day) ?? []);
      const reported = records.filter((record) => record.state === 'reported');
      const settleMs = input.settleMs.get(offer.id) ?? defaultSettleMs;
      return {
        offer,
        daysIn: reported.length,
        days: days.length,
        provisional: reported.some((record) => isProvisional(record, settleMs, input.zone)),
      };
    });
}

export function isIn(state: OfferState): boolean {
  return state.daysIn === state.days;
}

/** `12 of 13 offers in · 2 still filling up`. */
export function coverageText(states: readonly OfferState[]): string {
  const inside = states.filter(isIn).length;
  const partly = states.filter((state) => state.daysIn > 0 && !isIn(state)).length;
  const filling = states.filter((state) => state.provisional).length;
  const parts = [`${inside} of ${states.length} ${states.length === 1 ? 'offer' : 'offers'} in`];
  if (partly > 0) parts.push(`${partly} in part`);
  if (filling > 0) parts.push(`${filling} still filling up`);
  return parts.join(' · ');
}
