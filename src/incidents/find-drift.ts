import type { OfferShape } from '../offers/offer.js';

/** A brand may have no rows for weeks and still be there; only a long window shows that it is gone. */
const brandWindowDays = 28;

/** What was in the report before and is not any more, or `null`. `windowDays` is the length of the window just read. */
export function findDrift(before: OfferShape, after: OfferShape, windowDays: number): OfferShape | null {
  const lost = {
    columns: before.columns.filter((column) => !after.columns.includes(column)),
    groups: before.groups.filter((group) => !after.groups.includes(group)),
    brands: windowDays >= brandWindowDays ? before.brands.filter((b) => !after.brands.includes(b)) : [],
  };
  const nothing = lost.columns.length + lost.groups.length + lost.brands.length === 0;
  return nothing ? null : lost;
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
