import type { InstallationStore } from './access/installation.js';
import type { SurfaceStateStore } from './access/surface-state.js';
import type { ActionStore, AuditStore, Surface, WorkspaceStore } from './access/workspace.js';
import type { BacklogStore } from './backlog.js';
import type { ChartData } from './card.js';
import type { OldRecordStore } from './clear-old-records.js';
import type { Instant } from './dates.js';
import type { Messenger, OutboxStore } from './delivery/outbox.js';
import type { DigestStore } from './digest/schedule.js';
import type { IncidentStore } from './incidents/incident.js';
import type { Metrics } from './metrics.js';
import type { OfferStore } from './offers/offer.js';
import type { Prober } from './offers/probe.js';
import type { Platform } from './platforms/platform.js';
import type { RestoreStore } from './restored.js';
import type { SealedStore } from './sealed-store.js';
import type { Vault } from './secrets.js';
import type { FigureStore } from './sync/figure-store.js';
import type { LastReadings } from './sync/last-readings.js';
import type { PageReader } from './sync/page-reader.js';
import type { Gates } from './sync/politeness.js';
import type { RunStore } from './sync/run.js';

/** The only source of time. */
export interface Clock {
  now(): Instant;
}

export interface HttpRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** One deadline over the whole request, redirects and body included. */
  readonly deadlineMs?: number;
}

/** `headers` have lower-case names. `body` is decompressed and within the size limits. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** True when a same-host redirect led to a page whose address reads like a login. */
  readonly loginRedirect: boolean;
  /** Gives the memory of a large body back at once; for when nothing of the body is needed any more. */
  letGo?(): void;
}

/**
 * Fetches what users pasted, through the address guard. Throws a `ProblemError` (`probe.timed-out`, `probe.unreachable`,
 * `probe.too-large`, `link.private-address`, …) that holds code, host and status only. Any HTTP status is an answer.
 */
export interface HttpClient {
  get(request: HttpRequest): Promise<HttpResponse>;
}

/** A piece of work that must survive a restart. Jobs of one `lane` run one after the other. */
export interface Job {
  readonly id: number;
  readonly kind: string;
  readonly payload: Readonly<Record<string, string | number | null>>;
  readonly lane: string;
  /** How many tries were made before this one. */
  readonly attempt: number;
}

export interface NewJob {
  readonly kind: string;
  readonly payload: Job['payload'];
  readonly lane: string;
  /** A second job with the key of one that still waits is not added. */
  readonly key: string;
  readonly runAt: Instant;
}

export type JobChoice = 'any' | 'in good health';

/** Where a `JobQueue` hands the jobs out, there is never one to claim. */
export interface JobStore {
  /** False when a job with this key already waits. */
  add(job: NewJob): Promise<boolean>;
  /**
   * Takes the oldest due job whose lane is free and whose host has few at work, by a conditional update.
   * `in good health`: only a first try at an offer whose last reading was good.
   */
  claim(now: Instant, leaseUntil: Instant, which?: JobChoice): Promise<Job | null>;
  done(id: number): Promise<void>;
  retry(id: number, runAt: Instant): Promise<void>;
  /** Lets a job wait without counting a try: what held it up says nothing about its source. */
  postpone(id: number, runAt: Instant): Promise<void>;
  /** Holds a claimed job longer, while its work goes on. */
  extend(id: number, leaseUntil: Instant): Promise<void>;
  /** Lets jobs go whose process died: on SQLite when their lease ran out. That is no try of theirs. */
  releaseExpired(now: Instant): Promise<number>;
  nextDue(): Promise<Instant | null>;
  removeForOffer(offerId: number): Promise<void>;
}

/** What became of a job: `postpone` counts no try. */
export type JobOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry' | 'postpone'; readonly at: Instant };

/** Must not throw. */
export type JobRunner = (job: Job) => Promise<JobOutcome>;

/**
 * Hands the jobs of a `JobStore` out by itself, to any number of processes: those of a lane one after the other, few of
 * a host at a time, and half of each process kept for offers in good health.
 */
export interface JobQueue {
  /** Works on what is due until it is stopped. */
  start(run: JobRunner): { stop(): Promise<void> };
  /** Works until nothing is due, and says whether anything was. */
  drain(run: JobRunner): Promise<boolean>;
}

/** Places that all processes on one database share. */
export interface Slots {
  /** Takes one of the `width` places of a key and answers how to give it back; `null` when none is free. */
  take(key: string, width: number): Promise<(() => Promise<void>) | null>;
}

/** Draws a chart as a PNG. */
export interface ChartRenderer {
  png(chart: ChartData): Promise<Uint8Array>;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * When a transaction must outlast a power cut. `soon`: a cut may take it back, whole and with all that came after it, and
 * whatever is stored `at once` later keeps it too. Both outlast the process. For work that would simply be done again.
 */
export type Durability = 'at once' | 'soon';

/** Everything that is kept. `transaction` gives stores that write together or not at all; it does not nest. */
export interface Stores {
  readonly workspaces: WorkspaceStore;
  readonly offers: OfferStore;
  readonly figures: FigureStore;
  readonly runs: RunStore;
  readonly incidents: IncidentStore;
  readonly outbox: OutboxStore;
  readonly digests: DigestStore;
  readonly actions: ActionStore;
  readonly audit: AuditStore;
  readonly jobs: JobStore;
  readonly installations: InstallationStore;
  readonly surfaceState: SurfaceStateStore;
  readonly sealed: SealedStore;
  readonly restores: RestoreStore;
  readonly backlog: BacklogStore;
  readonly oldRecords: OldRecordStore;
  transaction<T>(work: (stores: Stores) => Promise<T>, durability?: Durability): Promise<T>;
}

/** What every feature is handed. Plain data and functions, wired in `main.ts`. */
export interface Core {
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly gates: Gates;
  /** Left out where jobs are claimed one by one. */
  readonly queue?: JobQueue;
  /** Left out where no other process can be at work on this database. */
  readonly slots?: Slots;
  /** Looks at a report in another thread, beside the syncs. Left out where this one looks itself. */
  readonly prober?: Prober;
  /** Fetches and reads pages in another thread. Left out where this one does. */
  readonly readPage?: PageReader;
  /** Without it every answer is parsed and compared. */
  readonly lastReadings?: LastReadings;
  /** Hosts that the operator has opened though they are private; see `ALLOW_PRIVATE_HOSTS`. */
  readonly allowsPrivate: (url: URL) => boolean;
  readonly stores: Stores;
  readonly vault: Vault;
  readonly platforms: readonly Platform[];
  readonly charts: ChartRenderer;
  readonly log: Log;
  /** Left out where nobody counts. */
  readonly metrics?: Metrics;
  readonly messengers: ReadonlyMap<Surface, Messenger>;
}
