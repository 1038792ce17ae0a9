import type { ChartData } from '../../src/card.js';
import type { OutgoingMessage } from '../../src/delivery/outbox.js';
import type { Pace } from './pace.js';
import { metadataOf, postMessage, updateMessage } from './post-message.js';
import { renderDetails } from './render.js';
import { uploadFile } from './upload.js';
import type { SlackClient } from './web-client.js';

type Replies = NonNullable<Awaited<ReturnType<SlackClient['conversations']['replies']>>['messages']>;

/** Details and files stand in the thread of their message. Safe to call again: what is there is edited or left. */
export async function completeThread(
  { client, pace }: { readonly client: SlackClient; readonly pace: Pace },
  message: OutgoingMessage,
  at: { readonly channelId: string; readonly ts: string },
  given: { readonly images: ReadonlyMap<ChartData, string>; readonly isNew: boolean },
): Promise<void> {
  const { card, key, files } = message;
  const details = renderDetails(card, { images: given.images });
  if (!details && files.length === 0) return;
  const replies = given.isNew ? [] : await repliesOf(client, at);
  if (details) {
    const known = replies.find((reply) => isDetails(reply.metadata))?.ts;
    const metadata = metadataOf('details', key);
    const plain = { ...card, blocks: card.details ?? [], details: [] };
    if (known) await updateMessage(client, { channelId: at.channelId, ts: known }, details, plain, metadata);
    else {
      await pace.turn(at.channelId);
      await postMessage(client, { channelId: at.channelId, threadTs: at.ts }, details, plain, metadata);
    }
  }
  const shown = new Set(replies.flatMap((reply) => (reply.files ?? []).map((file) => file.name)));
  for (const { name, base64 } of files) {
    if (shown.has(name)) continue;
    const content = Buffer.from(base64, 'base64');
    await pace.turn(at.channelId);
    await uploadFile(client, { name, content }, { channelId: at.channelId, threadTs: at.ts });
  }
}

async function repliesOf(
  client: SlackClient,
  { channelId, ts }: { readonly channelId: string; readonly ts: string },
): Promise<Replies> {
  const answer = await client.conversations.replies({
    channel: channelId,
    ts,
    include_all_metadata: true,
    limit: 200,
  });
  return answer.messages ?? [];
}

function isDetails(metadata: unknown): boolean {
  return (metadata as { readonly event_type?: unknown } | undefined)?.event_type === 'tallyman_details';
}
