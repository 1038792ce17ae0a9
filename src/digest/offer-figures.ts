import { addDays, daysApart, daysBetween } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { Offer } from '../offers/offer.js';
import { type FigureValue, sumValues } from '../reports/figure-value.js';
import { type DigestInput, digestFields } from './digest-input.js';
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
import { addUsuals, type Usual, usualOf } from './usual.js';

/** A figure beside what is usual for it; no usual where there is nothing to compare with. */
export interface Measured {
  readonly value: FigureValue;
  readonly usual: Usual | null;
}

/** What one offer (or one campaign of it) brought in one currency. */
export interface OfferFigures {
  readonly offer: Offer;
  readonly campaign: string | null;
  readonly currency: string;
  readonly measured: Readonly<Record<(typeof digestFields)[number], Measured>>;
  /** FTD of the comparable periods that are whole, for judging how rare a drop is. */
  readonly ftdSamples: readonly number[];
}

interface Sources {
  readonly known: KnownFigures;
  readonly now: Readings;
  readonly weeks: readonly { readonly readings: Readings; readonly back: number }[];
}

/** Only offers that reported at least one day of the period; only the days that they reported are compared. */
export function offerFigures(input: DigestInput): OfferFigures[] {
  const sources = sourcesOf(input);
  const currencies = currenciesByOffer(input);
  return input.offers.flatMap((offer) =>
    (currencies.get(offer.id) ?? []).flatMap((currency) => figuresOf(input, sources, offer, currency) ?? []),
  );
}

/** As `offerFigures`, campaign by campaign; empty where the input is not split by campaign. */
export function campaignFigures(input: DigestInput): OfferFigures[] {
  if (!input.byCampaign) return [];
  const sources = sourcesOf(input);
  const rows = [...input.rows, ...input.weeks.flatMap((week) => week.final)];
  const seen = new Map(rows.map((row) => [`${row.offerId} ${row.currency} ${row.campaign}`, row]));
  return [...seen.values()].flatMap((row) => {
    const offer = input.offers.find((candidate) => candidate.id === row.offerId);
    return offer && row.campaign ? (figuresOf(input, sources, offer, row.currency, row.campaign) ?? []) : [];
  });
}

function sourcesOf(input: DigestInput): Sources {
  const rows = [input.rows, input.history, ...input.weeks.map((week) => week.final)].flat();
  return {
    known: knownFigures(input.offers, rows, digestFields),
    now: readingsNow(input.rows, input.period, input.records),
    weeks: input.weeks.map((week) => ({
      readings: readingsThen(week, input.records),
      back: daysApart(week.period.from, input.period.from),
    })),
  };
}

/** The currencies of each offer, in the alphabet's order. */
function currenciesByOffer(input: DigestInput): ReadonlyMap<number, readonly string[]> {
  const found = new Map(
    input.offers.map((offer) => [offer.id, new Set(offer.currency === null ? [] : [offer.currency])]),
  );
  for (const rows of [input.rows, input.history]) {
    for (const row of rows) found.get(row.offerId ?? 0)?.add(row.currency);
  }
  return new Map([...found].map(([id, currencies]) => [id, [...currencies].sort()]));
}

function figuresOf(
  input: DigestInput,
  sources: Sources,
  offer: Offer,
  currency: string,
  campaign?: string,
): OfferFigures | null {
  const known = sources.known.get(knownKey(offer.id, currency));
  const days = daysBetween(input.period.from, input.period.to).filter((day) =>
    sources.now.has(readingKey(offer.id, day)),
  );
  if (days.length === 0) return null;

  const valueAt = (readings: Readings, day: string, field: FigureField): FigureValue => {
    const reading = readings.get(readingKey(offer.id, day));
    return reading ? figureOf(reading, field, currency, known, campaign) : null;
  };
  const usualAt = (day: string, field: FigureField): Usual | null =>
    usualOf(
      sources.weeks.map(({ readings, back }) => {
        const then = addDays(day, -back);
        return {
          value: valueAt(readings, then, field),
          age: readings.get(readingKey(offer.id, then))?.age ?? 'final',
        };
      }),
    );
  const measure = (field: FigureField): Measured => {
    const usuals = days.map((day) => usualAt(day, field)).filter((usual) => usual !== null);
    return {
      value: sumValues(days.map((day) => valueAt(sources.now, day, field))),
      usual: usuals.length === days.length ? addUsuals(usuals) : null,
    };
  };

  const ftdSamples = sources.weeks.flatMap(({ readings, back }) => {
    const values = days.map((day) => valueAt(readings, addDays(day, -back), 'ftds'));
    return values.includes(null) ? [] : [Number(sumValues(values))];
  });
  return {
    offer,
    campaign: campaign ?? null,
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
