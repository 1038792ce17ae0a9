import type { Day, Instant } from '../dates.js';

export type SyncReason = 'schedule' | 'backfill' | 'manual' | 'recovery';

/** One attempt to read an offer. */
export interface SyncRun {
  readonly id: number;
  readonly offerId: number;
  readonly reason: SyncReason;
  readonly from: Day;
  readonly to: Day;
  readonly state: 'running' | 'good' | 'failed';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly pages: number;
  readonly rows: number;
  readonly changes: number;
  readonly problemCode: string | null;
}

export interface RunStore {
  start(run: Pick<SyncRun, 'offerId' | 'reason' | 'from' | 'to' | 'startedAt'>): Promise<number>;
  end(
    id: number,
    end: Pick<SyncRun, 'state' | 'endedAt' | 'pages' | 'rows' | 'changes' | 'problemCode'>,
  ): Promise<void>;
  /** Newest first. */
  latest(offerId: number, limit: number): Promise<readonly SyncRun[]>;
  /** Runs of any offer at `host` that ended since; to tell one broken offer from a platform that is down. */
  atHostSince(host: string, since: Instant): Promise<readonly SyncRun[]>;
  /** Marks runs that were left `running` by a process that died. */
  closeAbandoned(startedBefore: Instant, now: Instant): Promise<number>;
}
