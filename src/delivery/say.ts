import type { DrawnCard } from '../card.js';
import type { Instant } from '../dates.js';
import type { Stores } from '../ports.js';
import type { StoredFile, Target } from './outbox.js';

export interface Saying {
  readonly workspace: string;
  readonly target: Target;
  /** Sayings of one subject at one target are one message: the first is posted, later ones edit it. */
  readonly subject: string;
  readonly card: DrawnCard;
  readonly files?: readonly StoredFile[];
  readonly now: Instant;
  /** Held back until then; now when left out. */
  readonly notBefore?: Instant;
}

/** Puts a message into the outbox, in the caller's transaction; the sender delivers it. Answers the row's id. */
export async function say(stores: Pick<Stores, 'outbox'>, saying: Saying): Promise<number> {
  return stores.outbox.add({
    workspace: saying.workspace,
    target: saying.target,
    subject: saying.subject,
    card: saying.card,
    files: saying.files ?? [],
    notBefore: saying.notBefore ?? saying.now,
    createdAt: saying.now,
  });
}
