import type { Day, Instant } from '../dates.js';

export type SyncReason = 'schedule' | 'backfill' | 'manual' | 'recovery';

/** One attempt to read an offer, kept once it has ended. */
export interface SyncRun {
  readonly id: number;
  readonly offerId: number;
  readonly reason: SyncReason;
  readonly from: Day;
  readonly to: Day;
  readonly state: 'good' | 'failed';
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly pages: number;
  readonly rows: number;
  readonly changes: number;
  readonly problemCode: string | null;
  /** The exchange rates' day that was asked for, where the report converts. */
  readonly ratesDate: Day | null;
}

export interface RunStore {
  /** Answers the run's number, by which its figures know it. Must be part of what stores them. */
  add(run: Omit<SyncRun, 'id'>): Promise<number>;
  /** Says how many figures a run has changed, once that is known. */
  setChanges(id: number, changes: number): Promise<void>;
  /** The last that ended first. */
  latest(offerId: number, limit: number): Promise<readonly SyncRun[]>;
  /** Runs of any offer at `host` that ended since; to tell one broken offer from a platform that is down. */
  atHostSince(host: string, since: Instant): Promise<readonly SyncRun[]>;
}
