import type { DrawnCard } from '../../src/card.js';
import { areBlocksRefused } from './delivery-fault.js';
import { renderPlain, type SlackMessage } from './render.js';
import type { SlackClient } from './web-client.js';

export interface Destination {
  readonly channelId: string;
  readonly threadTs?: string;
}

type Metadata = { readonly event_type: string; readonly event_payload: { readonly key: string } };

/** Links and files that a message names are never unfolded: they are the programmes' own pages. */
const quiet = { unfurl_links: false, unfurl_media: false } as const;

/** Plants our key where the history gives it back. */
export function metadataOf(kind: 'message' | 'details', key: string): Metadata {
  return { event_type: `tallyman_${kind}`, event_payload: { key } };
}

/** Posts a message and answers its time stamp; once more as plain text when Slack refuses the blocks. */
export async function postMessage(
  client: SlackClient,
  to: Destination,
  message: SlackMessage,
  card: DrawnCard,
  metadata?: Metadata,
): Promise<string> {
  const common = {
    channel: to.channelId,
    ...(to.threadTs ? { thread_ts: to.threadTs } : {}),
    ...(metadata ? { metadata } : {}),
    ...quiet,
  };
  const post = async (content: { text: string; blocks?: SlackMessage['blocks']; mrkdwn?: boolean }) => {
    const { ts } = await client.chat.postMessage({ ...common, ...content });
    return ts ?? '';
  };
  try {
    return await post({ text: message.text, blocks: message.blocks });
  } catch (error) {
    if (!areBlocksRefused(error)) throw error;
    return post({ text: renderPlain(card), mrkdwn: false });
  }
}

/** Puts another text in place of a posted one. */
export async function updateMessage(
  client: SlackClient,
  at: { readonly channelId: string; readonly ts: string },
  message: SlackMessage,
  card: DrawnCard,
  metadata: Metadata,
): Promise<void> {
  const common = { channel: at.channelId, ts: at.ts, metadata };
  try {
    await client.chat.update({ ...common, text: message.text, blocks: message.blocks });
  } catch (error) {
    if (!areBlocksRefused(error)) throw error;
    await client.chat.update({ ...common, text: renderPlain(card), blocks: [] });
  }
}
