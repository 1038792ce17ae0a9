import type { Installation } from '../src/access/installation.js';
import type { AuditEntry, StoredAction, Workspace } from '../src/access/workspace.js';
import type { OutboxRow } from '../src/delivery/outbox.js';
import type { DigestRun, DigestSchedule } from '../src/digest/schedule.js';
import type { Dimension, FigureField } from '../src/figures.js';
import type { Incident } from '../src/incidents/incident.js';
import type { Offer } from '../src/offers/offer.js';
import type { NewJob } from '../src/ports.js';
import type { DayState } from '../src/sync/figure-store.js';
import type { SyncRun } from '../src/sync/run.js';
import type { Columns, Id, Integer } from './columns.js';

/** Names are camel case here and snake case in the database; JSON is text. */
export interface Schema {
  workspaces: Columns<Workspace>;
  admins: { id: Id; workspace: string; userId: string; userName: string };
  /** The last number given in a workspace, so that numbers are never given twice. */
  counters: { workspace: string; name: 'offer' | 'incident'; value: Integer };
  offers: Columns<Omit<Offer, 'id' | 'shape'>> & { id: Id; shape: string | null };
  dimensions: Dimension & { id: Id; offerId: Integer; key: string };
  figures: { offerId: Integer; day: string; dimensionId: Integer } & Record<FigureField, Integer | null>;
  offerDays: OfferDayTable;
  figureChanges: FigureChangeTable;
  syncRuns: Columns<Omit<SyncRun, 'id'>> & { id: Id };
  incidents: Columns<Omit<Incident, 'id' | 'problem' | 'receipt'>> & {
    id: Id;
    problem: string;
    receipt: string | null;
  };
  outbox: OutboxTable;
  messages: {
    workspace: string;
    targetKind: OutboxRow['target']['kind'];
    targetId: string;
    subject: string;
    messageId: string;
  };
  digestSchedules: Columns<Omit<DigestSchedule, 'id'>> & { id: Id };
  digestRuns: Columns<DigestRun>;
  actions: Columns<StoredAction>;
  audit: AuditEntry & { id: Id };
  jobs: JobTable;
  installations: Installation;
  /** What may happen once only: OAuth states, delivered events, signed requests. */
  onceKeys: { key: string; expiresAt: string };
  sharedChannels: { workspace: string; channelId: string; confirmedBy: string; confirmedAt: string };
  surfaceState: { key: string; value: string };
  restores: { at: string };
}

interface OfferDayTable {
  offerId: Integer;
  day: string;
  state: DayState;
  firstReportedAt: string | null;
  /** The first reading after which the day is whole, or else the last one. */
  readAt: string | null;
  /** Of the day's canonical rows: equal hashes need no comparison. */
  hash: string | null;
  /** The run of `readAt`, or the one that changed it since. */
  runId: Integer | null;
}

interface FigureChangeTable {
  id: Id;
  offerId: Integer;
  day: string;
  dimensionId: Integer;
  field: FigureField;
  before: Integer | null;
  after: Integer | null;
  at: string;
  runId: Integer;
}

interface OutboxTable extends Columns<Omit<OutboxRow, 'id' | 'target' | 'card' | 'files' | 'messageId'>> {
  id: Id;
  targetKind: OutboxRow['target']['kind'];
  targetId: string;
  targetName: string;
  card: string;
  files: string;
  hasFiles: Integer;
  messageId: string | null;
}

interface JobTable extends Pick<NewJob, 'kind' | 'lane' | 'key' | 'runAt'> {
  id: Id;
  payload: string;
  /** The payload's `offerId`, where it has one. */
  offerId: Integer | null;
  /** The offer's, as it was when the job was added. */
  host: string | null;
  state: 'waiting' | 'running';
  attempt: Integer;
  leaseUntil: string | null;
}
