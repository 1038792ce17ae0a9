import type { Instant } from '../dates.js';
import type { Period } from '../digest/period.js';
import type { RecordsByOffer } from '../digest/read-records.js';
import type { FigureField, Figures } from '../figures.js';
import type { Offer } from '../offers/offer.js';
import type { GroupKey, SumRow } from '../sync/figure-store.js';

export interface ReportRequest {
  readonly offers: readonly Offer[];
  readonly period: Period;
  readonly by: readonly GroupKey[];
  readonly fields: readonly FigureField[];
  readonly zone: string;
  readonly now: Instant;
}

/** A request with what the stores know. */
export interface ReportInput extends ReportRequest {
  readonly rows: readonly SumRow[];
  /** By offer and currency over the whole period: which figures there are at all. */
  readonly offerRows: readonly SumRow[];
  readonly records: RecordsByOffer;
  readonly settleMs: ReadonlyMap<number, number>;
}

/** `absent`: none of its days has been reported. `provisional`: some are missing, or may still grow. */
export type ReportState = 'reported' | 'provisional' | 'absent';

/** How many of a row's days are reported by all, and of its offers for all days. */
export interface ReportCoverage {
  readonly days: number;
  readonly wholeDays: number;
  readonly offers: number;
  readonly wholeOffers: number;
}

/** One group and currency. Keys that were not grouped by are `null`; an empty currency is not known yet. */
export interface ReportRow {
  /** A day, or a month as `2026-11`. */
  readonly date: string | null;
  readonly offer: Offer | null;
  readonly brand: string | null;
  readonly campaign: string | null;
  readonly currency: string;
  readonly figures: Figures;
  readonly state: ReportState;
  readonly coverage: ReportCoverage;
}
