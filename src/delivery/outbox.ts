import type { DrawnCard } from '../card.js';
import type { Instant } from '../dates.js';

export type OutboxState = 'new' | 'sending' | 'sent' | 'failed' | 'dropped';

/** Where a message goes: a channel of the workspace, or one person. */
export interface Target {
  readonly kind: 'channel' | 'user';
  readonly id: string;
  readonly name: string;
}

/** A file as it is kept until it is sent; content in base64. */
export interface StoredFile {
  readonly name: string;
  readonly mediaType: string;
  readonly base64: string;
}

/**
 * One thing to say. Rows of one `subject` and target are one message: the first is posted, later ones edit it.
 * A row that is overtaken by a newer one of its subject before it was sent is dropped.
 */
export interface OutboxRow {
  readonly id: number;
  readonly workspace: string;
  readonly target: Target;
  readonly subject: string;
  readonly card: DrawnCard;
  readonly files: readonly StoredFile[];
  readonly state: OutboxState;
  readonly attempt: number;
  /** Not before this instant: quiet hours, waits after 429, quarantine after a doubtful answer. */
  readonly notBefore: Instant;
  readonly sendingAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly messageId: string | null;
  readonly createdAt: Instant;
}

export type NewOutboxRow = Pick<
  OutboxRow,
  'workspace' | 'target' | 'subject' | 'card' | 'files' | 'notBefore' | 'createdAt'
>;

export interface OutboxStore {
  add(row: NewOutboxRow): Promise<number>;
  /** Takes the oldest due row `new → sending`, by a conditional update; `null` when nothing is due. Never two rows of one subject and target at once. */
  claim(now: Instant): Promise<OutboxRow | null>;
  /** The id of the message that this subject already has at the target, if it was sent. */
  messageOf(workspace: string, target: Target, subject: string): Promise<string | null>;
  sent(id: number, messageId: string, at: Instant): Promise<void>;
  /** Back to `new`, to be tried at `notBefore`. Nothing happens when another process has taken the row since. */
  postpone(row: Pick<OutboxRow, 'id' | 'sendingAt'>, notBefore: Instant): Promise<void>;
  /** Like `postpone`, for a row that was not tried: the attempt does not count. */
  giveBack(row: Pick<OutboxRow, 'id' | 'sendingAt'>, notBefore: Instant): Promise<void>;
  failed(id: number, at: Instant): Promise<void>;
  /** Rows of this target that are due and not taken, oldest first. */
  waitingAt(workspace: string, target: Target, now: Instant): Promise<readonly OutboxRow[]>;
  /** Rows that another message stands for: they are never sent. Rows already sent stay as they are. */
  drop(ids: readonly number[]): Promise<void>;
  /** Rows still `sending` since before an instant: their process died, the answer is doubtful. */
  doubtful(sendingBefore: Instant): Promise<readonly OutboxRow[]>;
  /**
   * Renews the claim of a row: `sendingAt` becomes `now` if it still is what the row says, so that only one process
   * sends it or looks for it, and nobody looks before another quarantine is over. False when another was first.
   */
  retake(row: Pick<OutboxRow, 'id' | 'sendingAt'>, now: Instant): Promise<boolean>;
  /** The earliest instant at which anything is due, `null` when the outbox is empty. */
  nextDue(): Promise<Instant | null>;
}

/** What a chat adapter is handed. `key` is ours and unique: adapters plant it in the message to find it again. */
export interface OutgoingMessage {
  readonly workspace: string;
  readonly target: Target;
  readonly key: string;
  readonly card: DrawnCard;
  readonly files: readonly StoredFile[];
}

/**
 * Sends and edits messages on one chat surface. Failures are thrown as `DeliveryError`.
 */
export interface Messenger {
  /**
   * Answers the surface's message id. `isInTime` is asked right before the post leaves, after all that it needs: false
   * when this process slept meanwhile, and another may be looking for the message by now.
   */
  send(message: OutgoingMessage, isInTime?: () => boolean): Promise<string>;
  edit(message: OutgoingMessage, messageId: string): Promise<void>;
  /** Looks for a message with `key` among the recent ones of the target. */
  find(message: OutgoingMessage, since: Instant): Promise<string | 'absent' | 'unreadable'>;
}

/**
 * `permanent`: never try again. `refused`: told no, try later. `unreachable`: certainly not taken, and that says
 * nothing about the message. `doubtful`: perhaps taken.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  constructor(
    readonly outcome: 'permanent' | 'refused' | 'unreachable' | 'doubtful',
    /** A short machine word such as `channel_archived`; holds no secret. */
    readonly reason: string,
    readonly retryAfterMs?: number,
  ) {
    super(`${outcome}: ${reason}`);
  }
}

/** A process that slept did not send what it had taken up. */
export function refuseLate(isInTime: (() => boolean) | undefined): void {
  if (isInTime && !isInTime()) throw new DeliveryError('unreachable', 'overslept');
}
