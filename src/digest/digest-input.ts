import type { Instant } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { Incident } from '../incidents/incident.js';
import type { Offer } from '../offers/offer.js';
import type { ChangeSum, SumRow } from '../sync/figure-store.js';
import type { Period } from './period.js';
import type { RecordsByOffer } from './read-records.js';
import type { KnownFigures, Readings } from './readings.js';

/** The figures of a digest, in the order people read them. */
export const digestFields = [
  'clicks',
  'registrations',
  'ftds',
  'deposits',
  'ngr',
  'commission',
] as const satisfies readonly FigureField[];

/** What changed since somebody was last told, and up to which day they were told. */
export interface SinceLast {
  readonly at: Instant;
  readonly toldTo: string;
  readonly changes: readonly ChangeSum[];
}

/** A past window as it stood at the age that the period has now. */
export interface PastWindow {
  readonly period: Period;
  readonly readings: Readings;
}

/** Days of a month with the sums of each offer. */
export interface MonthWindow {
  readonly period: Period;
  readonly rows: readonly SumRow[];
}

/** All that a digest is made from, as the stores gave it. Everything after this is pure. */
export interface DigestInput {
  readonly period: Period;
  readonly zone: string;
  readonly now: Instant;
  readonly channelName: string;
  readonly offers: readonly Offer[];
  readonly records: RecordsByOffer;
  /** How long each offer fills up after a day's end, in milliseconds. */
  readonly settleMs: ReadonlyMap<number, number>;
  /** The period by day and offer, and by campaign where `campaigns` are given. */
  readonly current: Readings;
  /** A row of each campaign, offer and currency of the period and its comparable weeks; `null` where they are not told. */
  readonly campaigns: readonly SumRow[] | null;
  /** The same weekdays one to four steps back, split as `current`. */
  readonly weeks: readonly PastWindow[];
  /** Thirty days to the period's end by day, over all offers, as known now. */
  readonly days: readonly SumRow[];
  /** The figures that are anywhere in the history, which reaches back to the first of last month at least. */
  readonly known: KnownFigures;
  /** This month to the period's end by offer, and last month up to the same day of the month, as it stood then. */
  readonly month: MonthWindow;
  readonly lastMonth: MonthWindow;
  readonly since: SinceLast | null;
  readonly incidents: readonly Incident[];
  /** Set when the digest is posted later than planned. */
  readonly late: { readonly dueAt: Instant; readonly skipped: number } | null;
}
