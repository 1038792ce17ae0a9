import type { Day, Instant } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { Offer } from '../offers/offer.js';
import { type FigureValue, sumFigure } from '../reports/figure-value.js';
import type { SumRow } from '../sync/figure-store.js';
import type { RecordsByOffer } from './read-records.js';

/** The days of a window as the offers reported them. */
export interface Readings {
  /** The rows of a day: none where nothing happened on it, `null` where it is absent, failed or never read. */
  rowsOn(offerId: number, day: Day): readonly SumRow[] | null;
  /** `same`: as it stood at the age asked for; `final`: no reading is that old. */
  ageOf(offerId: number, day: Day): 'same' | 'final';
}

const nothing: readonly SumRow[] = [];

/** The days as they are known now. `rows` are split by day and offer at least. */
export function readingsNow(rows: readonly SumRow[], records: RecordsByOffer): Readings {
  return readings(groupRows(rows), records, () => 'same');
}

/** The days as they stood at `asOf`; `past` are the groups that changed since, as the store tells them. */
export function readingsThen(
  rows: readonly SumRow[],
  past: readonly SumRow[],
  asOf: Instant,
  records: RecordsByOffer,
): Readings {
  return readings(groupRows(withPast(rows, past)), records, (offerId, day) => {
    const first = records.get(offerId)?.on(day)?.firstReportedAt ?? null;
    return first !== null && first <= asOf ? 'same' : 'final';
  });
}

/** Sums with those that changed since put back to what they were. */
export function withPast(rows: readonly SumRow[], past: readonly SumRow[]): readonly SumRow[] {
  if (past.length === 0) return rows;
  const changed = new Set(past.map(groupOf));
  const offers = new Set(past.map(({ offerId }) => offerId));
  const wereThere = past.filter(({ figures }) => Object.values(figures).some((value) => value !== null));
  return [...rows.filter((row) => !(offers.has(row.offerId) && changed.has(groupOf(row)))), ...wereThere];
}

function groupOf({ day, month, offerId, brand, campaign, currency }: SumRow): string {
  return JSON.stringify([day, month, offerId, brand, campaign, currency]);
}

type GroupedRows = Map<Day, Map<number, SumRow[]>>;

function readings(grouped: GroupedRows, records: RecordsByOffer, ageOf: Readings['ageOf']): Readings {
  return {
    rowsOn(offerId, day) {
      if (records.get(offerId)?.stateOn(day) !== 'reported') return null;
      return grouped.get(day)?.get(offerId) ?? nothing;
    },
    ageOf,
  };
}

function groupRows(rows: readonly SumRow[]): GroupedRows {
  const grouped: GroupedRows = new Map();
  for (const row of rows) {
    const [day, offerId] = [row.day ?? '', row.offerId ?? 0];
    const offers = grouped.get(day) ?? new Map<number, SumRow[]>();
    if (offers.size === 0) grouped.set(day, offers);
    const known = offers.get(offerId);
    if (known) known.push(row);
    else offers.set(offerId, [row]);
  }
  return grouped;
}

/** Which figures an offer is known to have, by offer and currency: the rest is n/a, and not zero on a day without rows. */
export type KnownFigures = ReadonlyMap<number, ReadonlyMap<string, ReadonlySet<FigureField>>>;

export function knownFigures(
  offers: readonly Offer[],
  rows: readonly SumRow[],
  fields: readonly FigureField[],
): KnownFigures {
  const known = new Map<number, Map<string, Set<FigureField>>>();
  for (const { id, currency, shape } of offers) {
    known.set(id, new Map(currency === null ? [] : [[currency, new Set(shape?.columns)]]));
  }
  for (const { offerId, currency, figures } of rows) {
    const found = fieldsOf(known.get(offerId ?? 0), currency);
    for (const field of fields) if (figures[field] !== null) found.add(field);
  }
  return known;
}

function fieldsOf(known: Map<string, Set<FigureField>> | undefined, currency: string): Set<FigureField> {
  const found = known?.get(currency) ?? new Set<FigureField>();
  known?.set(currency, found);
  return found;
}

/** One figure of a day's rows in one currency: where there are none it is a true zero, if the offer has the figure. */
export function figureOf(
  rows: readonly SumRow[],
  field: FigureField,
  known: ReadonlySet<FigureField> | undefined,
): FigureValue {
  if (rows.length === 0) return known?.has(field) ? 0n : null;
  return sumFigure(rows, field);
}

/** The same array where all of them are, which is the rule. */
export function rowsIn(rows: readonly SumRow[], currency: string, campaign?: string): readonly SumRow[] {
  const isIn = (row: SumRow) =>
    row.currency === currency && (campaign === undefined || row.campaign === campaign);
  return rows.every(isIn) ? rows : rows.filter(isIn);
}
