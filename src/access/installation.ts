import type { Instant } from '../dates.js';

/** One installation of the bot by OAuth. `sealed` holds its tokens as JSON. */
export interface Installation {
  /** The workspace's id: `slack:T024` for a team, `slack:E024` for a whole enterprise. */
  readonly workspace: string;
  readonly name: string;
  readonly sealed: string;
  readonly installedAt: Instant;
}

/** What OAuth leaves behind, and what must happen once only though it is delivered twice. */
export interface InstallationStore {
  /** A second installation of the same workspace takes the place of the first. */
  save(installation: Installation): Promise<void>;
  get(workspace: string): Promise<Installation | null>;
  list(): Promise<readonly Installation[]>;
  /** False when it was not there. */
  remove(workspace: string): Promise<boolean>;
  /** Keeps a key until it expires. True for the first caller only: a delivery with the same key is a repetition. */
  markOnce(key: string, expiresAt: Instant): Promise<boolean>;
  /** Takes a key away again. True once, for a key that was marked and has not expired. */
  takeOnce(key: string, now: Instant): Promise<boolean>;
  removeExpired(now: Instant): Promise<number>;
  /** An admin has confirmed that a channel may be posted to though other companies read it. */
  confirmShared(workspace: string, channelId: string, by: string, at: Instant): Promise<void>;
  isSharedConfirmed(workspace: string, channelId: string): Promise<boolean>;
}
