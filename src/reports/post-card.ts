import type { Attachment, Card } from '../card.js';
import type { Instant } from '../dates.js';
import type { Stores } from '../ports.js';
import { withoutActions } from '../without-actions.js';

export interface Post {
  readonly workspace: string;
  readonly channel: { readonly id: string; readonly name: string };
  readonly subject: string;
  readonly card: Card;
  readonly files: readonly Attachment[];
  readonly now: Instant;
}

/** Puts a card for a channel into the outbox. */
export async function postCard(stores: Stores, post: Post): Promise<void> {
  await stores.outbox.add({
    workspace: post.workspace,
    target: { kind: 'channel', id: post.channel.id, name: post.channel.name },
    subject: post.subject,
    card: withoutActions(post.card),
    files: post.files.map(({ name, mediaType, content }) => ({
      name,
      mediaType,
      base64: Buffer.from(content).toString('base64'),
    })),
    notBefore: post.now,
    createdAt: post.now,
  });
}
