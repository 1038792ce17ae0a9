import type { Instant } from './dates.js';

/** Remembers that a database was restored from a backup, so that nothing old is said again. */
export interface RestoreStore {
  /**
   * Drops every message that waits, since the time after the backup may have said it already, and lets no digest that
   * was due until `at` be made up for. Answers how many messages were dropped.
   */
  mark(at: Instant): Promise<number>;
  /** The last restore, `null` when there was none. */
  latest(): Promise<Instant | null>;
}
