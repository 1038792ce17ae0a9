import { type FigureValue, sumValues } from '../reports/figure-value.js';
import { digestFields } from './digest-input.js';
import type { OfferFigures } from './offer-figures.js';
import { addUsuals, type Usual } from './usual.js';

export interface Total {
  readonly value: FigureValue;
  /** The part of `value` that stands against `usual`: offers with a history of this figure. */
  readonly comparable: bigint;
  readonly usual: Usual | null;
  /** Offers in `value` that have no history to compare with. */
  readonly fresh: readonly string[];
  /** Offers that reported, and do not give this figure. */
  readonly without: readonly string[];
}

export interface CurrencyTotals {
  readonly currency: string;
  readonly totals: Readonly<Record<(typeof digestFields)[number], Total>>;
}

/** Per currency, never across: the currency with the most FTD first. Currencies in which nothing moves are left out. */
export function currencyTotals(figures: readonly OfferFigures[]): CurrencyTotals[] {
  const currencies = [...new Set(figures.map((entry) => entry.currency))].sort();
  const totals = currencies.map((currency) => {
    const own = figures.filter((entry) => entry.currency === currency);
    return {
      currency,
      totals: {
        clicks: totalOf(own, 'clicks'),
        registrations: totalOf(own, 'registrations'),
        ftds: totalOf(own, 'ftds'),
        deposits: totalOf(own, 'deposits'),
        ngr: totalOf(own, 'ngr'),
        commission: totalOf(own, 'commission'),
      },
    };
  });
  const moving = totals.filter(isMoving);
  const shown = moving.length > 0 ? moving : totals.slice(0, 1);
  return shown.sort((one, other) => Number((other.totals.ftds.value ?? 0n) - (one.totals.ftds.value ?? 0n)));
}

function isMoving({ totals }: CurrencyTotals): boolean {
  return digestFields.some((field) => {
    const { value, usual } = totals[field];
    return (value !== null && value !== 0n) || (usual !== null && usual.twelfths !== 0n);
  });
}

function totalOf(figures: readonly OfferFigures[], field: (typeof digestFields)[number]): Total {
  const withUsual = figures.flatMap(({ measured }) => {
    const { value, usual } = measured[field];
    return value === null || usual === null ? [] : [{ value, usual }];
  });
  return {
    value: sumValues(figures.map(({ measured }) => measured[field].value)),
    comparable: sumValues(withUsual.map(({ value }) => value)) ?? 0n,
    usual: addUsuals(withUsual.map(({ usual }) => usual)),
    fresh: figures
      .filter(({ measured }) => measured[field].value !== null && measured[field].usual === null)
      .map(({ offer }) => offer.name),
    without: figures.filter(({ measured }) => measured[field].value === null).map(({ offer }) => offer.name),
  };
}
