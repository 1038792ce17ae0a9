import type { Day, Instant } from '../dates.js';
import type { Problem } from '../problems/problem.js';

export type IncidentKind =
  | 'token-refused'
  | 'sync-failing'
  | 'platform-down'
  | 'report-drifted'
  | 'source-silent'
  | 'ftd-drop'
  | 'delivery-failed';

export type IncidentState = 'open' | 'acknowledged' | 'snoozed' | 'recovered';

/** One thing that is wrong, from first sight to recovery. At most one is open for a workspace, kind and subject. */
export interface Incident {
  readonly id: number;
  readonly workspace: string;
  /** The number people use, counts from 1 in each workspace. */
  readonly number: number;
  readonly kind: IncidentKind;
  /** `offer:12`, `host:primetime.partners`, `channel:#casino`, with a detail where one offer can drift in several ways. */
  readonly subject: string;
  readonly offerId: number | null;
  readonly state: IncidentState;
  readonly problem: Problem;
  /** How often it was seen. */
  readonly tries: number;
  readonly openedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly recoveredAt: Instant | null;
  readonly acknowledgedBy: string | null;
  readonly snoozedUntil: Instant | null;
  readonly toldAt: Instant | null;
  readonly remindedAt: Instant | null;
  readonly escalatedAt: Instant | null;
  readonly receipt: Receipt | null;
}

/** What recovery brought back. Differences are of the figures since before the incident, money in scaled units. */
export interface Receipt {
  readonly lastedMs: number;
  readonly days: readonly Day[];
  readonly changed: readonly {
    readonly currency: string;
    readonly ftds: number;
    /** Scaled units as decimal text, because JSON has no bigint. */
    readonly ngr: string;
  }[];
}

export type IncidentChange = Partial<
  Omit<Incident, 'id' | 'workspace' | 'number' | 'kind' | 'subject' | 'openedAt'>
>;

export interface IncidentStore {
  /** Opens an incident, or answers the open one of the same workspace, kind and subject with `opened: false`. */
  open(
    incident: Pick<Incident, 'workspace' | 'kind' | 'subject' | 'offerId' | 'problem' | 'openedAt'>,
  ): Promise<{ readonly incident: Incident; readonly opened: boolean }>;
  get(id: number): Promise<Incident | null>;
  findByNumber(workspace: string, number: number): Promise<Incident | null>;
  /** Not yet recovered. */
  listOpen(workspace: string): Promise<readonly Incident[]>;
  openFor(offerId: number): Promise<readonly Incident[]>;
  openAt(workspace: string, kind: IncidentKind, subject: string): Promise<Incident | null>;
  /** Newest first, recovered ones too. */
  latest(workspace: string, limit: number): Promise<readonly Incident[]>;
  /** The last recovery of the same kind and subject, for damping what flaps. */
  lastRecovered(workspace: string, kind: IncidentKind, subject: string): Promise<Incident | null>;
  /** Everything unrecovered in all workspaces, for reminders, escalation and ends of snoozes. */
  /** Inside a transaction no other process changes them until it ends. */
  allOpen(): Promise<readonly Incident[]>;
  change(id: number, change: IncidentChange): Promise<void>;
}
