import type { SlackContext } from './context.js';
import type { SlackClient } from './web-client.js';

/**
 * What stands against posting to a channel, in Slack's words; `null` for nothing. Asked anew before each post: a channel
 * may have been shared with another company since.
 */
export async function channelRefusal(
  { stores }: Pick<SlackContext, 'stores'>,
  workspace: string,
  client: SlackClient,
  channelId: string,
): Promise<'is_archived' | 'channel_shared' | null> {
  const { channel } = await client.conversations.info({ channel: channelId });
  if (channel?.is_archived) return 'is_archived';
  if (!channel?.is_ext_shared && !channel?.is_pending_ext_shared) return null;
  return (await stores.installations.isSharedConfirmed(workspace, channelId)) ? null : 'channel_shared';
}
