import { type Day, daysBetween, daysInMonth, firstOfMonth } from '../dates.js';
import { divideRounded, type FigureValue, sumValues } from '../reports/figure-value.js';
import { type DigestInput, digestFields } from './digest-input.js';
import type { Period } from './period.js';
import {
  figureOf,
  type KnownFigures,
  knownFigures,
  knownKey,
  type Readings,
  readingKey,
  readingsNow,
  readingsThen,
} from './readings.js';

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
  const known = knownFigures(input.offers, [...input.history, ...input.lastMonth.final], digestFields);
  const now = readingsNow(input.history, period, input.records);
  const then = readingsThen(input.lastMonth, input.records);
  const days = daysBetween(period.from, period.to);
  const lastDays = daysBetween(input.lastMonth.period.from, input.lastMonth.period.to);
  const length = daysInMonth(period.to);
  const dayOfMonth = Number(period.to.slice(8));
  const sum = (field: MonthField, readings: Readings, window: readonly Day[]) =>
    sumValues(input.offers.map((offer) => offerSum(readings, window, known, offer.id, currency, field)));
  return {
    currency,
    period,
    coverage: dayCoverage(input, days),
    soFar: each((field) => sum(field, now, days)),
    lastMonth: each((field) => sum(field, then, lastDays)),
    lastCoverage: dayCoverage(input, lastDays),
    projected:
      dayOfMonth === length
        ? null
        : each((field) =>
            sumValues(
              input.offers.map((offer) => {
                const reported = reportedDays(now, days, offer.id).length;
                const value = offerSum(now, days, known, offer.id, currency, field);
                if (value === null || reported === 0) return null;
                const projectedDays = offer.state === 'paused' ? reported : length;
                return divideRounded(value * BigInt(projectedDays), BigInt(reported));
              }),
            ),
          ),
  };
}

function each(valueFor: (field: MonthField) => FigureValue): Readonly<Record<MonthField, FigureValue>> {
  return { ftds: valueFor('ftds'), ngr: valueFor('ngr'), commission: valueFor('commission') };
}

function reportedDays(readings: Readings, days: readonly Day[], offerId: number): Day[] {
  return days.filter((day) => readings.has(readingKey(offerId, day)));
}

function offerSum(
  readings: Readings,
  days: readonly Day[],
  known: KnownFigures,
  offerId: number,
  currency: string,
  field: MonthField,
): FigureValue {
  const fields = known.get(knownKey(offerId, currency));
  return sumValues(
    reportedDays(readings, days, offerId).map((day) => {
      const reading = readings.get(readingKey(offerId, day));
      return reading ? figureOf(reading, field, currency, fields) : null;
    }),
  );
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
