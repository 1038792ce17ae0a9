import type { ChartData } from '../../src/card.js';
import {
  DeliveryError,
  type Messenger,
  type OutgoingMessage,
  refuseLate,
} from '../../src/delivery/outbox.js';
import { channelRefusal } from './channel-refusal.js';
import type { SlackContext } from './context.js';
import { deliveryFault } from './delivery-fault.js';
import { findMessage } from './find-message.js';
import { metadataOf, postMessage, updateMessage } from './post-message.js';
import { recent } from './recent.js';
import { renderCard } from './render.js';
import { completeThread } from './thread.js';
import { uploadCharts } from './upload.js';
import type { SlackClient } from './web-client.js';

const directMs = 60 * 60_000;
/** Well within the half minute that the outbox gives a post. */
const longestTurnMs = 10_000;

/** Channel posts and direct messages in Slack. A message's id is `channel:time stamp`. */
export function createMessenger(context: SlackContext): Messenger {
  const directChannels = recent<string>(context.clock, directMs);

  async function open(message: OutgoingMessage) {
    const client = await context.clientOf(message.workspace);
    if (!client) throw new DeliveryError('permanent', 'app_uninstalled');
    const { workspace, target } = message;
    if (target.kind === 'channel')
      return { client, channelId: await channelOf(client, workspace, target.id) };
    const channelId = await directChannels(`${workspace} ${target.id}`, () =>
      directChannel(client, target.id),
    );
    return { client, channelId };
  }

  async function channelOf(client: SlackClient, workspace: string, id: string): Promise<string> {
    const channelId = id.startsWith('#') ? await context.directory.find(workspace, client, id) : id;
    if (channelId === null) throw new DeliveryError('permanent', 'channel_not_found');
    return channelId;
  }

  async function refuseClosed(
    client: SlackClient,
    { target, workspace }: OutgoingMessage,
    channelId: string,
  ): Promise<void> {
    const refusal =
      target.kind === 'user' ? null : await channelRefusal(context, workspace, client, channelId);
    if (refusal) throw new DeliveryError('permanent', refusal);
  }

  /** Nothing has left us yet: the outbox may well turn to other channels first. */
  async function waitForTurn(channelId: string): Promise<void> {
    const busyMs = context.pace.busyMs(channelId);
    if (busyMs > longestTurnMs) throw new DeliveryError('refused', 'channel_busy', busyMs);
    await context.pace.turn(channelId);
  }

  /** The post is there: what belongs to it may follow later, but never makes it be posted again. */
  async function complete(
    client: SlackClient,
    message: OutgoingMessage,
    at: { readonly channelId: string; readonly ts: string },
    given: { readonly images: ReadonlyMap<ChartData, string>; readonly isNew: boolean },
  ): Promise<void> {
    try {
      await completeThread({ client, pace: context.pace }, message, at, given);
    } catch (error) {
      const fault = deliveryFault(error);
      context.log.warn({ reason: fault.reason }, 'the thread of a message is not complete');
      if (fault.outcome !== 'permanent')
        throw new DeliveryError('doubtful', 'thread_incomplete', fault.retryAfterMs);
    }
  }

  return {
    async send(message, isInTime) {
      try {
        const { client, channelId } = await open(message);
        await refuseClosed(client, message, channelId);
        const images = await uploadCharts(context, client, message.card, true);
        const drawn = renderCard(message.card, { images, details: 'apart' });
        const metadata = metadataOf('message', message.key);
        await waitForTurn(channelId);
        refuseLate(isInTime);
        const ts = await postMessage(client, { channelId }, drawn, message.card, metadata);
        await complete(client, message, { channelId, ts }, { images, isNew: true });
        return `${channelId}:${ts}`;
      } catch (error) {
        throw deliveryFault(error);
      }
    },
    async edit(message, messageId) {
      try {
        const { client } = await open(message);
        const at = readId(messageId);
        await refuseClosed(client, message, at.channelId);
        const images = await uploadCharts(context, client, message.card, true);
        const drawn = renderCard(message.card, { images, details: 'apart' });
        await updateMessage(client, at, drawn, message.card, metadataOf('message', message.key));
        await complete(client, message, at, { images, isNew: false });
      } catch (error) {
        throw deliveryFault(error);
      }
    },
    async find(message, since) {
      try {
        const { client, channelId } = await open(message);
        const found = await findMessage(client, channelId, message.key, since, context.clock.now());
        if (found === 'absent' || found === 'unreadable') return found;
        await complete(client, message, { channelId, ts: found }, { images: new Map(), isNew: false });
        return `${channelId}:${found}`;
      } catch (error) {
        throw deliveryFault(error);
      }
    },
  };
}

/** The channel in which the bot and a person talk. */
export async function directChannel(client: SlackClient, userId: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: userId });
  if (!channel?.id) throw new DeliveryError('permanent', 'user_not_found');
  return channel.id;
}

function readId(messageId: string): { channelId: string; ts: string } {
  const [channelId = '', ts = ''] = messageId.split(':');
  if (!ts) throw new DeliveryError('permanent', 'message_not_found');
  return { channelId, ts };
}
