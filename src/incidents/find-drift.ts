import type { Instant } from '../dates.js';
import type { OfferShape } from '../offers/offer.js';
import type { FigureChange } from '../sync/figure-store.js';

/** What was in the report before and is not any more; brands are judged by `lostBrands`. */
export function findDrift(
  before: OfferShape,
  after: OfferShape,
): Pick<OfferShape, 'columns' | 'groups'> | null {
  const lost = {
    columns: before.columns.filter((column) => !after.columns.includes(column)),
    groups: before.groups.filter((group) => !after.groups.includes(group)),
  };
  return lost.columns.length + lost.groups.length === 0 ? null : lost;
}

/**
 * Brands that a reading has taken out of days for which they had been reported: a filter or the programme has dropped
 * them. A brand that is only quiet keeps its old days, so it is not lost. One such day alone may be a correction.
 */
export function lostBrands(changes: readonly FigureChange[], after: OfferShape, readAt: Instant): string[] {
  const days = new Map<string, Set<string>>();
  for (const { at, after: value, dimension, day } of changes) {
    const brand = dimension.brand || dimension.brandId;
    if (at !== readAt || value !== null || brand === '' || after.brands.includes(brand)) continue;
    days.set(brand, (days.get(brand) ?? new Set()).add(day));
  }
  return [...days].filter(([, gone]) => gone.size >= 2).map(([brand]) => brand);
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
