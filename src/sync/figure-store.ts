import type { Day, Instant } from '../dates.js';
import type { Dimension, FigureField, Figures, SourceRow } from '../figures.js';
import type { SourceRows } from '../source-rows.js';

/** `reported`: rows or a true zero. `absent`: the source has not got it yet. A day never read has no state. */
export type DayState = 'reported' | 'absent' | 'failed';

/** One good reading of a window: replaces all rows of its days, or nothing. */
export interface Reading {
  readonly offerId: number;
  readonly runId: number;
  readonly at: Instant;
  readonly from: Day;
  readonly to: Day;
  /** One state for every day of the window. */
  readonly days: ReadonlyMap<Day, 'reported' | 'absent'>;
  readonly rows: SourceRows;
}

/** What a reading did to what was stored. */
export interface ReadingResult {
  readonly rowsStored: number;
  readonly daysChanged: number;
  /** Changed figures of days that had been reported before (restatements), without new days. */
  readonly changes: number;
  readonly newDays: readonly Day[];
  /** Days that were reported before and that this reading has not got: they keep their figures and their state. */
  readonly vanishedDays: readonly Day[];
}

/** A later run that read the same answer, byte for byte, as run `sameAs` of the instant `since`. */
export interface Confirmation extends Pick<Reading, 'offerId' | 'runId' | 'at' | 'from' | 'to'> {
  readonly sameAs: number;
  readonly since: Instant;
}

export type GroupKey = 'day' | 'month' | 'offer' | 'brand' | 'campaign';

export interface SumQuery {
  readonly offerIds: readonly number[];
  readonly from: Day;
  readonly to: Day;
  readonly by: readonly GroupKey[];
  /** Only these figures; the others of each row are `null`, whatever is stored. All of them unless said. */
  readonly fields?: readonly FigureField[];
  /** Figures as they stood at this instant, by taking later changes back; days first seen later are left out. */
  readonly asOf?: Instant;
}

/** A window among several that are summed at once. */
export type SumWindow = Required<Pick<SumQuery, 'from' | 'to' | 'by' | 'fields'>>;

/** Asks for a window as it stood; days first reported later are taken as they stand now. */
export type PastQuery = Omit<SumQuery, 'asOf' | 'fields'> & { readonly asOf: Instant };

/** One group and one currency; keys that were not grouped by are `null`. A figure is `null` when no row of the group has it. */
export interface SumRow {
  readonly day: Day | null;
  readonly month: string | null;
  readonly offerId: number | null;
  readonly brand: string | null;
  readonly campaign: string | null;
  readonly currency: string;
  readonly figures: Figures;
}

/** The FTD of one campaign on one day; `null` where no row of it has any. */
export interface FtdCount {
  readonly day: Day;
  readonly campaign: string;
  readonly ftds: number | null;
}

/** How well a window is covered, per offer. */
export interface Coverage {
  readonly offerId: number;
  readonly reported: number;
  readonly absent: number;
  readonly failed: number;
  readonly lastReported: Day | null;
}

export interface DayRecord {
  readonly day: Day;
  readonly state: DayState;
  readonly firstReportedAt: Instant | null;
  /** The last reading; of a day that was whole by then, one at which it was. */
  readonly readAt: Instant | null;
}

/** The days of one offer in a window; a record is made when it is asked for. */
export interface DayRecords {
  /** `null` for a day that was never read, or lies outside the window. */
  stateOn(day: Day): DayState | null;
  on(day: Day): DayRecord | null;
  /** In the order of the calendar. */
  between(from: Day, to: Day): readonly DayRecord[];
  /** The days up to and with `to` that were first reported after an instant, in the order of the calendar. */
  firstReportedAfter(at: Instant, to: Day): readonly Day[];
}

/** When a figure of a day was last changed after it had been reported. */
export interface LastChange {
  readonly offerId: number;
  readonly day: Day;
  readonly field: FigureField;
  readonly at: Instant;
}

/** One stored figure that a later reading replaced. Old or new is `null` where the row or the figure was or became n/a. */
export interface FigureChange {
  readonly offerId: number;
  readonly day: Day;
  readonly dimension: Dimension;
  readonly field: FigureField;
  readonly before: bigint | null;
  readonly after: bigint | null;
  readonly at: Instant;
  readonly runId: number;
}

/** Sums of changes (after − before) per offer, day and currency since an instant. */
export interface ChangeSum {
  readonly offerId: number;
  readonly day: Day;
  readonly currency: string;
  readonly field: FigureField;
  readonly difference: bigint;
}

export interface FigureStore {
  /** Stores a reading whole, logs what changed, marks its days. Must run inside a transaction. */
  apply(reading: Reading): Promise<ReadingResult>;
  /** Marks the days that a run has stored as read again by a later one that says the same. */
  confirm(confirmation: Confirmation): Promise<void>;
  /** Marks days that could not be read; days already reported keep their state and figures. */
  markFailed(offerId: number, from: Day, to: Day, at: Instant): Promise<void>;
  sums(query: SumQuery): Promise<readonly SumRow[]>;
  /** Several windows read at once, which is less work than one by one: for each what `sums` would tell of it. */
  windowSums(
    offerIds: readonly number[],
    windows: readonly SumWindow[],
  ): Promise<readonly (readonly SumRow[])[]>;
  /**
   * The groups that changed after `asOf`, as they stood then: the others stand as `sums` tells them. A group without any
   * figure was not there yet.
   */
  pastSums(query: PastQuery): Promise<readonly SumRow[]>;
  /** The FTD of an offer by day and campaign: `sums` of one figure, for what every sync asks. */
  ftds(offerId: number, from: Day, to: Day): Promise<readonly FtdCount[]>;
  coverage(offerIds: readonly number[], from: Day, to: Day): Promise<readonly Coverage[]>;
  days(offerId: number, from: Day, to: Day): Promise<readonly DayRecord[]>;
  /** The days of many offers at once, an entry for each of them. */
  daysOf(offerIds: readonly number[], from: Day, to: Day): Promise<ReadonlyMap<number, DayRecords>>;
  /** The last change of each of these figures on each day that had any. */
  lastChanges(
    offerIds: readonly number[],
    from: Day,
    to: Day,
    fields: readonly FigureField[],
  ): Promise<readonly LastChange[]>;
  /** Every stored row, for export and for comparison with the source, ordered by day and dimension. */
  rows(offerId: number, from: Day, to: Day): Promise<readonly SourceRow[]>;
  dimensions(offerId: number): Promise<readonly Dimension[]>;
  changes(offerId: number, from: Day, to: Day): Promise<readonly FigureChange[]>;
  changeSums(offerIds: readonly number[], since: Instant, until: Instant): Promise<readonly ChangeSum[]>;
  countRows(offerId: number): Promise<number>;
}
