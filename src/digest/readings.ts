import { type Day, daysBetween, type Instant } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { Offer } from '../offers/offer.js';
import { type FigureValue, figureValue, sumValues } from '../reports/figure-value.js';
import type { DayRecord, SumRow } from '../sync/figure-store.js';
import type { Period } from './period.js';

export type RecordsByOffer = ReadonlyMap<number, ReadonlyMap<Day, DayRecord>>;

/** A reported day of an offer. `same`: as it stood at the age asked for; `final`: no reading is that old. */
export interface DayReading {
  readonly age: 'same' | 'final';
  readonly rows: readonly SumRow[];
}

/** Reported days by offer and day; what is absent, failed or never read is not in it. */
export type Readings = ReadonlyMap<string, DayReading>;

/** A past window twice: as it is known now, and as it stood at `asOf`. */
export interface PastWindow {
  readonly period: Period;
  readonly asOf: Instant;
  readonly final: readonly SumRow[];
  readonly sameAge: readonly SumRow[];
}

export function readingKey(offerId: number, day: Day): string {
  return `${offerId} ${day}`;
}

/** The window as it is known now. `rows` are grouped by day and offer at least. */
export function readingsNow(rows: readonly SumRow[], period: Period, records: RecordsByOffer): Readings {
  return readings(period, records, () => ({ age: 'same', rows }));
}

/** The window as it stood at `asOf`; days first reported later are taken as they are known now. */
export function readingsThen(window: PastWindow, records: RecordsByOffer): Readings {
  return readings(window.period, records, (record) => {
    const isOldEnough = record.firstReportedAt !== null && record.firstReportedAt <= window.asOf;
    return isOldEnough ? { age: 'same', rows: window.sameAge } : { age: 'final', rows: window.final };
  });
}

function readings(
  period: Period,
  records: RecordsByOffer,
  choose: (record: DayRecord) => DayReading,
): Readings {
  const grouped = new Map<readonly SumRow[], ReadonlyMap<string, SumRow[]>>();
  const result = new Map<string, DayReading>();
  const window = daysBetween(period.from, period.to);
  for (const [offerId, days] of records) {
    for (const day of window) {
      const record = days.get(day);
      if (record?.state !== 'reported') continue;
      const { age, rows } = choose(record);
      const byKey = grouped.get(rows) ?? groupRows(rows);
      grouped.set(rows, byKey);
      const key = readingKey(offerId, day);
      result.set(key, { age, rows: byKey.get(key) ?? [] });
    }
  }
  return result;
}

function groupRows(rows: readonly SumRow[]): ReadonlyMap<string, SumRow[]> {
  const grouped = new Map<string, SumRow[]>();
  for (const row of rows) {
    const key = readingKey(row.offerId ?? 0, row.day ?? '');
    const group = grouped.get(key);
    if (group) group.push(row);
    else grouped.set(key, [row]);
  }
  return grouped;
}

/** Which figures an offer is known to have, by currency: the rest is n/a, and not zero on a day without rows. */
export type KnownFigures = ReadonlyMap<string, ReadonlySet<FigureField>>;

export function knownKey(offerId: number, currency: string): string {
  return `${offerId} ${currency}`;
}

export function knownFigures(
  offers: readonly Offer[],
  rows: readonly SumRow[],
  fields: readonly FigureField[],
): KnownFigures {
  const known = new Map<string, Set<FigureField>>();
  const fieldsAt = (offerId: number, currency: string): Set<FigureField> => {
    const key = knownKey(offerId, currency);
    const found = known.get(key) ?? new Set<FigureField>();
    known.set(key, found);
    return found;
  };
  for (const offer of offers) {
    if (offer.currency === null) continue;
    const found = fieldsAt(offer.id, offer.currency);
    for (const field of offer.shape?.columns ?? []) found.add(field);
  }
  for (const row of rows) {
    const found = fieldsAt(row.offerId ?? 0, row.currency);
    for (const field of fields) if (row.figures[field] !== null) found.add(field);
  }
  return known;
}

/** One figure of a reported day: a day without a row of this currency is a true zero where the offer has the figure. */
export function figureOf(
  reading: DayReading,
  field: FigureField,
  currency: string,
  known: ReadonlySet<FigureField> | undefined,
  campaign?: string,
): FigureValue {
  const rows = reading.rows.filter(
    (row) => row.currency === currency && (campaign === undefined || row.campaign === campaign),
  );
  if (rows.length > 0) return sumValues(rows.map((row) => figureValue(row.figures, field)));
  return known?.has(field) ? 0n : null;
}
