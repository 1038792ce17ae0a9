import type { Day, Instant } from '../dates.js';

export type Every = 'day' | 'weekday' | 'week' | 'month';

/** A digest that is posted at a local time. */
export interface DigestSchedule {
  readonly id: number;
  readonly workspace: string;
  readonly channelId: string;
  readonly channelName: string;
  /** `HH:MM` in `timeZone`. */
  readonly at: string;
  readonly timeZone: string;
  readonly every: Every;
  readonly createdBy: string;
  readonly createdAt: Instant;
}

/** The run key of a digest that was posted: unique, so it is posted once. */
export interface DigestRun {
  readonly kind: string;
  readonly workspace: string;
  readonly channelId: string;
  readonly localDate: Day;
  readonly postedAt: Instant;
}

export interface DigestStore {
  /** One schedule a channel and rhythm: a second one replaces the first. */
  setSchedule(schedule: Omit<DigestSchedule, 'id'>): Promise<DigestSchedule>;
  schedules(workspace: string): Promise<readonly DigestSchedule[]>;
  allSchedules(): Promise<readonly DigestSchedule[]>;
  removeSchedule(id: number): Promise<void>;
  /** False when this run key exists already. */
  recordRun(run: DigestRun): Promise<boolean>;
  lastRun(workspace: string, channelId: string, kind: string): Promise<DigestRun | null>;
}
