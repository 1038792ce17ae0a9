import { addDays, type Day, daysApart, daysBetween } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { Offer } from '../offers/offer.js';
import { type FigureValue, sumValues } from '../reports/figure-value.js';
import type { SumRow } from '../sync/figure-store.js';
import type { DigestInput, digestFields } from './digest-input.js';
import { figureOf, rowsIn } from './readings.js';
import { addUsuals, type Usual, usualOf } from './usual.js';

/** A figure beside what is usual for it; no usual where there is nothing to compare with. */
export interface Measured {
  readonly value: FigureValue;
  readonly usual: Usual | null;
}

/** What one offer brought in one currency. */
export interface OfferFigures {
  readonly offer: Offer;
  readonly currency: string;
  readonly measured: Readonly<Record<(typeof digestFields)[number], Measured>>;
  /** FTD of the comparable periods that are whole, for judging how rare a drop is. */
  readonly ftdSamples: readonly number[];
}

/** What may be told to have moved: an offer, or one campaign of it. */
export interface Mover {
  readonly offer: Offer;
  readonly campaign?: string;
  readonly currency: string;
  readonly measured: Readonly<Record<'ftds' | 'ngr', Measured>>;
}

/** Only offers that reported at least one day of the period; only the days that they reported are compared. */
export function offerFigures(input: DigestInput): OfferFigures[] {
  const period = periodDays(input);
  return input.offers.flatMap((offer) => {
    const days = comparedDays(input, period, offer.id);
    if (days.length === 0) return [];
    const currencies = [...(input.known.get(offer.id) ?? [])].sort(([one], [other]) =>
      one < other ? -1 : 1,
    );
    return currencies.map(([currency, known]) => figuresOf(offer, currency, known, daysIn(days, currency)));
  });
}

function figuresOf(
  offer: Offer,
  currency: string,
  known: ReadonlySet<FigureField>,
  days: readonly ComparedDay[],
): OfferFigures {
  const measure = (field: FigureField) => measured(days, field, known);
  const weeks = days[0]?.weeks ?? [];
  const ftdSamples = weeks.flatMap((_, week) => {
    const values = days.map(({ weeks }) => valueOn(weeks[week]?.rows ?? null, 'ftds', known));
    return values.includes(null) ? [] : [Number(sumValues(values))];
  });
  return {
    offer,
    currency,
    measured: {
      clicks: measure('clicks'),
      registrations: measure('registrations'),
      ftds: measure('ftds'),
      deposits: measure('deposits'),
      ngr: measure('ngr'),
      commission: measure('commission'),
    },
    ftdSamples,
  };
}

/** FTD and NGR campaign by campaign; empty where the input is not split by campaign. */
export function campaignFigures(input: DigestInput): Mover[] {
  if (input.campaigns === null) return [];
  const period = periodDays(input);
  const offers = new Map(
    input.offers.map((offer) => [offer.id, { offer, days: comparedDays(input, period, offer.id) }]),
  );
  return campaignsOf(input.campaigns).flatMap(({ offerId, currency, campaign }) => {
    const { offer, days = [] } = offers.get(offerId ?? 0) ?? {};
    if (!offer || !campaign || days.length === 0) return [];
    const known = input.known.get(offer.id)?.get(currency);
    const own = daysIn(days, currency, campaign);
    const both = { ftds: measured(own, 'ftds', known), ngr: measured(own, 'ngr', known) };
    return [{ offer, campaign, currency, measured: both }];
  });
}

/** One row of each campaign, offer and currency, in the order in which they come. */
function campaignsOf(rows: readonly SumRow[]): SumRow[] {
  const seen = new Map<number | null, Set<string>>();
  return rows.filter(({ offerId, currency, campaign }) => {
    const key = `${currency} ${campaign}`;
    const ofOffer = seen.get(offerId);
    if (!ofOffer) seen.set(offerId, new Set([key]));
    else if (ofOffer.has(key)) return false;
    else ofOffer.add(key);
    return true;
  });
}

/** A day of the period and the day that it is compared with in each of the weeks. */
interface PeriodDay {
  readonly day: Day;
  readonly comparable: readonly Day[];
}

function periodDays({ period, weeks }: DigestInput): PeriodDay[] {
  const backs = weeks.map((week) => daysApart(week.period.from, period.from));
  return daysBetween(period.from, period.to).map((day) => {
    return { day, comparable: backs.map((back) => addDays(day, -back)) };
  });
}

/** A reported day of the period beside its comparable days; `null` where one of those was not reported. */
interface ComparedDay {
  readonly rows: readonly SumRow[];
  readonly weeks: readonly { readonly rows: readonly SumRow[] | null; readonly age: 'same' | 'final' }[];
}

function comparedDays(input: DigestInput, period: readonly PeriodDay[], offerId: number): ComparedDay[] {
  return period.flatMap(({ day, comparable }) => {
    const rows = input.current.rowsOn(offerId, day);
    if (rows === null) return [];
    const weeks = input.weeks.map(({ readings }, week) => {
      const then = comparable[week] ?? '';
      const rowsThen = readings.rowsOn(offerId, then);
      return { rows: rowsThen, age: rowsThen ? readings.ageOf(offerId, then) : 'final' } as const;
    });
    return [{ rows, weeks }];
  });
}

/** The part of the days that is in one currency, and of one campaign where it is given. */
function daysIn(days: readonly ComparedDay[], currency: string, campaign?: string): ComparedDay[] {
  return days.map(({ rows, weeks }) => ({
    rows: rowsIn(rows, currency, campaign),
    weeks: weeks.map(({ rows, age }) => ({ rows: rows && rowsIn(rows, currency, campaign), age })),
  }));
}

function measured(
  days: readonly ComparedDay[],
  field: FigureField,
  known: ReadonlySet<FigureField> | undefined,
): Measured {
  const figure = ({ rows }: { readonly rows: readonly SumRow[] | null }) => valueOn(rows, field, known);
  const usuals = days.map(({ weeks }) => usualOf(weeks, figure)).filter((usual) => usual !== null);
  return {
    value: sumValues(days.map(figure)),
    usual: usuals.length === days.length ? addUsuals(usuals) : null,
  };
}

function valueOn(
  rows: readonly SumRow[] | null,
  field: FigureField,
  known: ReadonlySet<FigureField> | undefined,
): FigureValue {
  return rows === null ? null : figureOf(rows, field, known);
}
