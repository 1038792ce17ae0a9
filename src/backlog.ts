import type { Instant } from './dates.js';
import type { IncidentKind } from './incidents/incident.js';

/** How much waits to be done, over all workspaces. */
export interface Backlog {
  readonly jobsWaiting: number;
  readonly outboxWaiting: number;
  /** When the oldest message that still waits was written, `null` when none waits. */
  readonly outboxOldest: Instant | null;
  /** Kinds of which none is open are left out. */
  readonly incidentsOpen: ReadonlyMap<IncidentKind, number>;
}

export interface BacklogStore {
  measure(): Promise<Backlog>;
}
