import type { OfferShape } from '../offers/offer.js';

/** A brand may have no rows for weeks and still be there; only a window this long shows that it is gone. */
export const brandWindowDays = 28;

/** What was in the report before and is not any more; `null` when nothing is lost. */
export function findDrift(before: OfferShape, after: OfferShape): OfferShape | null {
  const lost = {
    columns: before.columns.filter((column) => !after.columns.includes(column)),
    groups: before.groups.filter((group) => !after.groups.includes(group)),
    brands: before.brands.filter((brand) => !after.brands.includes(brand)),
  };
  return lost.columns.length + lost.groups.length + lost.brands.length === 0 ? null : lost;
}

/** What to remember: all that is known to be in the report. What is lost stays known until somebody accepts its loss. */
export function rememberShape(before: OfferShape | null, after: OfferShape): OfferShape {
  if (before === null) return after;
  return {
    columns: [...new Set([...before.columns, ...after.columns])],
    groups: [...new Set([...before.groups, ...after.groups])],
    brands: [...new Set([...before.brands, ...after.brands])],
  };
}

/** What to remember once somebody accepted a drift: nothing of that aspect; the next run says what there is. */
export function acceptDrift(shape: OfferShape, subject: string): OfferShape {
  return subject.endsWith(':brands') ? { ...shape, brands: [] } : { ...shape, columns: [], groups: [] };
}

export function driftSubject(offerId: number, aspect: 'report' | 'brands'): string {
  return aspect === 'brands' ? `offer:${offerId}:brands` : `offer:${offerId}`;
}
