import type { Day, Instant } from '../dates.js';
import type { FigureField } from '../figures.js';
import type { PlatformId } from '../platforms/platform.js';

/** One report URL at one programme. The URL itself is sealed in `sealedUrl`. */
export interface Offer {
  readonly id: number;
  readonly workspace: string;
  /** The number people use; counts from 1 in each workspace and is never given twice. */
  readonly number: number;
  readonly name: string;
  readonly platform: PlatformId;
  readonly host: string;
  /** Keyed hash of the platform's `identityOf`; equal for the same account and preset. */
  readonly fingerprint: string;
  /** Keyed hash of the token, to serialise requests without knowing it. */
  readonly tokenFingerprint: string;
  /** Last four characters of the token. */
  readonly tokenTail: string;
  readonly sealedUrl: string;
  readonly reportName: string | null;
  /** Stated by the owner where the source names none. */
  readonly currency: string | null;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly channelId: string;
  readonly channelName: string;
  readonly state: 'active' | 'paused';
  readonly historyFrom: Day;
  readonly createdAt: Instant;
  readonly nextSyncAt: Instant;
  /** Last day on which the daily (35 days) and the monthly window were read. */
  readonly lastLongSyncDay: Day | null;
  readonly lastMonthSync: string | null;
  readonly lastSyncAt: Instant | null;
  readonly lastGoodSyncAt: Instant | null;
  /** Columns, groupings and brands seen in the last good run: what disappears from here is drift. */
  readonly shape: OfferShape | null;
}

export interface OfferShape {
  readonly columns: readonly FigureField[];
  readonly groups: readonly ('day' | 'brand' | 'campaign' | 'currency')[];
  readonly brands: readonly string[];
}

export type NewOffer = Omit<
  Offer,
  | 'id'
  | 'number'
  | 'sealedUrl'
  | 'lastLongSyncDay'
  | 'lastMonthSync'
  | 'lastSyncAt'
  | 'lastGoodSyncAt'
  | 'shape'
  | 'state'
>;

/** What may change in a saved offer. */
export type OfferChange = Partial<Omit<Offer, 'id' | 'workspace' | 'number' | 'createdAt'>>;

/** Whose offers are meant: those of a channel and those of an owner. */
export interface OfferScope {
  readonly channelId: string;
  readonly ownerId: string;
}

/** The first offers of a workspace, and how many there are. */
export interface OfferPage {
  readonly offers: readonly Offer[];
  /** In the scope. */
  readonly found: number;
  /** Active ones in the scope among those that were asked about. */
  readonly activeOf: number;
  /** In the whole workspace. */
  readonly all: number;
}

export interface OfferStore {
  /** Inserts and gives the offer its id and number; `seal` gets the id because the sealed text is bound to it. */
  add(offer: NewOffer, seal: (id: number) => string): Promise<Offer>;
  get(id: number): Promise<Offer | null>;
  list(workspace: string): Promise<readonly Offer[]>;
  /** The first `limit` by number, in a scope or (`null`) in the whole workspace; counts how many of `ids` are active. */
  page(
    workspace: string,
    scope: OfferScope | null,
    limit: number,
    ids: readonly number[],
  ): Promise<OfferPage>;
  /** By number (`3`, `#3`) or by name, case-insensitive; exact before unique prefix. */
  find(workspace: string, numberOrName: string): Promise<Offer | null>;
  findByFingerprint(workspace: string, fingerprint: string): Promise<Offer | null>;
  change(id: number, change: OfferChange): Promise<void>;
  /** Deletes the offer and everything that hangs on it; answers how many stored rows went. */
  remove(id: number): Promise<number>;
  /** Active offers whose next sync is due, oldest first; inside a transaction without those that another process plans. */
  due(now: Instant, limit: number): Promise<readonly Offer[]>;
  /** Active offers at one host, in all workspaces. */
  atHost(host: string): Promise<readonly Offer[]>;
}
