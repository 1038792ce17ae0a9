import { daysBetween, daysInMonth } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import { divideRounded, type FigureValue, figureValue, sumValues } from '../reports/figure-value.js';
import type { DigestInput, MonthWindow } from './digest-input.js';
import type { Period } from './period.js';

export const monthFields = ['ftds', 'ngr', 'commission'] as const;
export type MonthField = (typeof monthFields)[number];

/** Days of the window on which every offer that has begun by then had reported. */
export interface DayCoverage {
  readonly whole: number;
  readonly days: number;
}

export interface MonthToDate {
  readonly currency: string;
  readonly period: Period;
  readonly coverage: DayCoverage;
  readonly soFar: Readonly<Record<MonthField, FigureValue>>;
  /** Last month up to the same day, as it stood then. */
  readonly lastMonth: Readonly<Record<MonthField, FigureValue>>;
  readonly lastCoverage: DayCoverage;
  /** Where the month ends when each offer goes on as on its reported days; `null` when the month is over. */
  readonly projected: Readonly<Record<MonthField, FigureValue>> | null;
}

export function monthToDate(input: DigestInput, currency: string): MonthToDate {
  const { month, lastMonth } = input;
  const now = offerSums(input, month, currency);
  const then = offerSums(input, lastMonth, currency);
  return {
    currency,
    period: month.period,
    coverage: dayCoverage(input, month.period),
    soFar: each((field) => sumValues(now.map(({ sums }) => sums[field]))),
    lastMonth: each((field) => sumValues(then.map(({ sums }) => sums[field]))),
    lastCoverage: dayCoverage(input, lastMonth.period),
    projected: projection(now, Number(month.period.to.slice(8)), daysInMonth(month.period.to)),
  };
}

interface OfferSums {
  readonly offer: Offer;
  readonly sums: Readonly<Record<MonthField, FigureValue>>;
  /** Days of the window that the offer has reported. */
  readonly reported: number;
}

/** Of the offers that have the currency. Without a row in it, reported days are true zeros of the figures that they have. */
function offerSums(input: DigestInput, { period, rows }: MonthWindow, currency: string): OfferSums[] {
  const days = daysBetween(period.from, period.to);
  const own = new Map(rows.filter((row) => row.currency === currency).map((row) => [row.offerId, row]));
  return input.offers.flatMap((offer) => {
    const known = input.known.get(offer.id)?.get(currency);
    if (!known) return [];
    const records = input.records.get(offer.id);
    let reported = 0;
    for (const day of days) if (records?.stateOn(day) === 'reported') reported += 1;
    const row = own.get(offer.id);
    const value = (field: MonthField) => {
      if (row) return figureValue(row.figures, field);
      return reported > 0 && known.has(field) ? 0n : null;
    };
    return [{ offer, sums: each(value), reported }];
  });
}

function projection(
  offers: readonly OfferSums[],
  dayOfMonth: number,
  length: number,
): MonthToDate['projected'] {
  if (dayOfMonth === length) return null;
  return each((field) =>
    sumValues(
      offers.map(({ offer, sums, reported }) => {
        const value = sums[field];
        if (value === null || reported === 0) return null;
        const projectedDays = offer.state === 'paused' ? reported : length;
        return divideRounded(value * BigInt(projectedDays), BigInt(reported));
      }),
    ),
  );
}

function each(valueFor: (field: MonthField) => FigureValue): Readonly<Record<MonthField, FigureValue>> {
  return { ftds: valueFor('ftds'), ngr: valueFor('ngr'), commission: valueFor('commission') };
}

function dayCoverage(input: DigestInput, { from, to }: Period): DayCoverage {
  const active = input.offers.filter((offer) => offer.state === 'active');
  const days = daysBetween(from, to);
  const whole = days.filter(
    (day) =>
      active.length > 0 && active.every((offer) => input.records.get(offer.id)?.stateOn(day) === 'reported'),
  );
  return { whole: whole.length, days: days.length };
}
