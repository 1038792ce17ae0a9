import { addMilliseconds, type Instant } from '../../src/dates.js';
import { slackCode } from './delivery-fault.js';
import type { SlackClient } from './web-client.js';

const pageSize = 200;
const mostPages = 10;
/** How far Slack's clock may be before ours. */
const slackMs = 2 * 60_000;

/** Answers of the history that leave open whether the message is there. */
const unreadable = new Set([
  'missing_scope',
  'not_in_channel',
  'channel_not_found',
  'no_permission',
  'is_archived',
]);

/** Looks for a message by its planted key; answers its time stamp. Throws the client's other errors. */
export async function findMessage(
  client: SlackClient,
  channel: string,
  key: string,
  since: Instant,
  now: Instant,
): Promise<string | 'absent' | 'unreadable'> {
  const window = { oldest: seconds(since), latest: seconds(addMilliseconds(now, slackMs)), inclusive: true };
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    let answer: Awaited<ReturnType<SlackClient['conversations']['history']>>;
    try {
      answer = await client.conversations.history({
        channel,
        ...window,
        include_all_metadata: true,
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
      });
    } catch (error) {
      if (unreadable.has(slackCode(error) ?? '')) return 'unreadable';
      throw error;
    }
    const found = (answer.messages ?? []).find((message) => keyOf(message.metadata) === key);
    if (found?.ts) return found.ts;
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (!answer.has_more || !cursor) return 'absent';
  }
  return 'unreadable';
}

/** The key in a message's metadata; `null` for a message that is not ours. */
export function keyOf(metadata: unknown): string | null {
  const payload = (metadata as { readonly event_payload?: { readonly key?: unknown } } | undefined)
    ?.event_payload;
  return typeof payload?.key === 'string' ? payload.key : null;
}

function seconds(instant: Instant): string {
  return (Date.parse(instant) / 1000).toFixed(6);
}
