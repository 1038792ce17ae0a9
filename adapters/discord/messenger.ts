import { type APIMessage, SnowflakeUtil } from 'discord.js';
import {
  DeliveryError,
  type Messenger,
  type OutgoingMessage,
  refuseLate,
  type StoredFile,
  type Target,
} from '../../src/delivery/outbox.js';
import type { Log } from '../../src/ports.js';
import type { DiscordApi } from './api.js';
import { guildOf } from './caller.js';
import { deliveryError, reasonOf, refusalCode } from './delivery-error.js';
import { isMarked, showDetails } from './details.js';
import { limits } from './limits.js';
import { markerOf, nonceOf } from './marker.js';
import { type DiscordMessage, type Drawing, plainMessage } from './message.js';

export interface MessengerParts {
  readonly api: DiscordApi;
  readonly drawing: Drawing;
  readonly log: Log;
}

const invalidBody = 50_035;
const mostPages = 10;
/** Places that are remembered, so that each need not be asked for again; a server has at most 500 channels. */
const mostPlaces = 5000;

/** Channel posts and direct messages of Discord. */
export function createMessenger(parts: MessengerParts): Messenger {
  const { api, drawing, log } = parts;
  const directs = new Map<string, string>();
  const checked = new Map<string, string>();

  /** The channel to write to. One of another server is as unknown as one that does not exist. */
  async function placeOf(message: OutgoingMessage): Promise<string> {
    try {
      return await lookUpPlace(message);
    } catch (thrown) {
      const error = deliveryError(thrown);
      // Nothing of the message has left yet.
      throw error.outcome === 'doubtful' ? new DeliveryError('unreachable', error.reason) : error;
    }
  }

  async function lookUpPlace({ workspace, target }: OutgoingMessage): Promise<string> {
    if (!/^\d{15,21}$/u.test(target.id)) throw new DeliveryError('permanent', 'unknown_channel');
    if (target.kind === 'user') {
      const known = directs.get(target.id) ?? (await api.openDirect(target.id));
      remember(directs, target.id, known);
      return known;
    }
    const guild = guildOf(workspace);
    const owner = checked.get(target.id) ?? (await guildOfChannel(target.id));
    if (guild === null || owner !== guild) throw new DeliveryError('permanent', 'unknown_channel');
    remember(checked, target.id, owner);
    return target.id;
  }

  async function guildOfChannel(id: string): Promise<string> {
    const channel = await api.channel(id);
    return 'guild_id' in channel ? (channel.guild_id ?? '') : '';
  }

  /** Drawn, and once more as a short text when Discord refuses the drawing. */
  async function write(
    message: OutgoingMessage,
    how: (drawn: DiscordMessage) => Promise<string>,
  ): Promise<string> {
    const marker = markerOf(message.key);
    const guild = message.target.kind === 'user' ? guildOf(message.workspace) : null;
    const files = message.files.map(opened);
    try {
      return await how(await drawing.draw(message.card, { marker, guild, files }));
    } catch (error) {
      if (refusalCode(error) !== invalidBody) throw error;
      log.error({ problems: message.card.problems ?? [] }, 'Discord refused a drawn card');
      return await how(plainMessage(message.card, marker));
    }
  }

  /** Details are never worth losing the message: it is there, and would be posted again. */
  async function tryDetails(message: OutgoingMessage, channel: string, id: string): Promise<void> {
    const place = { channel, message: id, kind: message.target.kind };
    try {
      await showDetails(place, message.card, { api, drawing, guild: guildOf(message.workspace) });
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'the details of a message were not posted');
    }
  }

  return {
    send: (message, isInTime) =>
      asDelivery(async () => {
        const channel = await placeOf(message);
        const nonce = { nonce: nonceOf(message.key), enforce_nonce: true };
        const id = await write(message, async (drawn) => {
          refuseLate(isInTime);
          return (await api.post(channel, drawn, nonce)).id;
        });
        await tryDetails(message, channel, id);
        return id;
      }),
    edit: (message, messageId) =>
      asDelivery(async () => {
        const channel = await placeOf(message);
        await write(message, async (drawn) => {
          await api.edit(channel, messageId, drawn);
          return messageId;
        });
        await tryDetails(message, channel, messageId);
      }),
    find: (message, since) =>
      asDelivery(async () => {
        const channel = await placeOf(message);
        const found = await lookFor(
          api,
          { channel, kind: message.target.kind },
          message.key,
          Date.parse(since),
        );
        // A crash may have come between a message and its details.
        if (found !== 'absent' && found !== 'unreadable') await tryDetails(message, channel, found);
        return found;
      }),
  };
}

/**
 * Reads a place's history forward. Without the permission to read it Discord answers with an empty list, so that an
 * entirely empty history says nothing.
 */
async function lookFor(
  api: DiscordApi,
  { channel, kind }: { readonly channel: string; readonly kind: Target['kind'] },
  key: string,
  since: number,
): Promise<string | 'absent' | 'unreadable'> {
  const marker = markerOf(key);
  const nonce = nonceOf(key);
  let after = String(SnowflakeUtil.generate({ timestamp: Math.max(since, discordEpoch), increment: 0n }));
  for (let page = 0; page < mostPages; page += 1) {
    const messages = await api.history(channel, after, limits.historyPage);
    const found = messages.find((message) => isMarked(message, marker) || message.nonce === nonce);
    if (found) return found.id;
    if (messages.length < limits.historyPage) {
      const isRead = messages.length > 0 || page > 0 || kind === 'user' || (await isReadable(api, channel));
      return isRead ? 'absent' : 'unreadable';
    }
    after = newest(messages);
  }
  return 'unreadable';
}

const discordEpoch = Date.UTC(2015, 0, 1);

async function isReadable(api: DiscordApi, channel: string): Promise<boolean> {
  return (await api.history(channel, '0', 1)).length > 0;
}

function newest(messages: readonly APIMessage[]): string {
  return messages.reduce((latest, { id }) => (BigInt(id) > BigInt(latest) ? id : latest), '0');
}

function opened({ name, mediaType, base64 }: StoredFile) {
  return { name, mediaType, content: Buffer.from(base64, 'base64') };
}

function remember(known: Map<string, string>, key: string, value: string): void {
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > mostPlaces && oldest !== undefined) known.delete(oldest);
}

async function asDelivery<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw deliveryError(error);
  }
}
