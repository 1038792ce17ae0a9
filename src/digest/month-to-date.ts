import { type Day, daysBetween, daysInMonth, firstOfMonth } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { Offer } from '../offers/offer.js';
import { divideRounded, type FigureValue, sumValues } from '../reports/figure-value.js';
import type { SumRow } from '../sync/figure-store.js';
import type { DigestInput } from './digest-input.js';
import type { Period } from './period.js';
import { figureOf, type Readings, rowsIn } from './readings.js';

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
  const period = { from: firstOfMonth(input.period.to), to: input.period.to };
  const days = daysBetween(period.from, period.to);
  const lastDays = daysBetween(input.lastMonth.period.from, input.lastMonth.period.to);
  const offers = input.offers.filter((offer) => input.known.get(offer.id)?.has(currency));
  const sumsOf = (readings: Readings, window: readonly Day[]) =>
    offers.map((offer) => ({
      offer,
      ...offerSums(readings, window, input.known.get(offer.id)?.get(currency), offer.id, currency),
    }));
  const now = sumsOf(input.history, days);
  const then = sumsOf(input.lastMonth.readings, lastDays);
  return {
    currency,
    period,
    coverage: dayCoverage(input, days),
    soFar: each((field) => sumValues(now.map(({ sums }) => sums[field]))),
    lastMonth: each((field) => sumValues(then.map(({ sums }) => sums[field]))),
    lastCoverage: dayCoverage(input, lastDays),
    projected: projection(now, Number(period.to.slice(8)), daysInMonth(period.to)),
  };
}

interface OfferSums {
  readonly sums: Readonly<Record<MonthField, FigureValue>>;
  /** Days of the window that the offer has reported. */
  readonly reported: number;
}

function projection(
  offers: readonly (OfferSums & { readonly offer: Offer })[],
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

function offerSums(
  readings: Readings,
  days: readonly Day[],
  known: ReadonlySet<FigureField> | undefined,
  offerId: number,
  currency: string,
): OfferSums {
  const reported: (readonly SumRow[])[] = [];
  for (const day of days) {
    const rows = readings.rowsOn(offerId, day);
    if (rows !== null) reported.push(rowsIn(rows, currency));
  }
  const sum = (field: MonthField) => sumValues(reported.map((rows) => figureOf(rows, field, known)));
  return { sums: each(sum), reported: reported.length };
}

function dayCoverage(input: DigestInput, days: readonly Day[]): DayCoverage {
  const active = input.offers.filter((offer) => offer.state === 'active');
  const whole = days.filter(
    (day) =>
      active.length > 0 &&
      active.every((offer) => input.records.get(offer.id)?.get(day)?.state === 'reported'),
  );
  return { whole: whole.length, days: days.length };
}
