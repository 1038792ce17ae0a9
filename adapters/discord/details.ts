import { type APIMessage, ComponentType } from 'discord.js';
import type { DrawnCard } from '../../src/card.js';
import type { Target } from '../../src/delivery/outbox.js';
import { detailsOf } from './answer-later.js';
import type { DiscordApi } from './api.js';
import { refusalCode } from './delivery-error.js';
import { cutText, oneLine } from './escape.js';
import { limits } from './limits.js';
import { markerOf, nonceOf } from './marker.js';
import type { Drawing } from './message.js';

const unknownChannel = 10_003;
const threadExists = 160_004;

/** True when a message carries the marker of a key. */
export function isMarked(message: APIMessage, marker: readonly [number, number]): boolean {
  const parts = message.components ?? [];
  return parts.some((part) => {
    if (part.type === ComponentType.TextDisplay) return part.id === marker[1];
    if (part.type !== ComponentType.Container || part.id !== marker[0]) return false;
    return part.components.some(({ id }) => id === marker[1]);
  });
}

/**
 * Puts the details of a posted card into the thread of its message, in a direct message below it. Needs no memory: a
 * message's thread has the message's id, and the details are marked with a key made from it, so that an edit, or a
 * start after a crash, finds what is there.
 */
export async function showDetails(
  place: { readonly channel: string; readonly message: string; readonly kind: Target['kind'] },
  card: DrawnCard,
  parts: { readonly api: DiscordApi; readonly drawing: Drawing; readonly guild: string | null },
): Promise<void> {
  if (!card.details?.length) return;
  const { api, drawing, guild } = parts;
  const inThread = place.kind === 'channel';
  const where = inThread ? place.message : place.channel;
  const key = `details of ${place.message}`;
  const marker = markerOf(key);
  const message = await drawing.draw(detailsOf(card), { marker, guild: inThread ? null : guild });
  const known = await findDetails(api, where, place.message, marker);
  if (known.id !== null) return api.edit(where, known.id, message);
  if (inThread && !known.hasThread) await openThread(api, place, card);
  const reply = { message_reference: { message_id: place.message, fail_if_not_exists: false } };
  await api.post(where, message, {
    nonce: nonceOf(key),
    enforce_nonce: true,
    ...(inThread ? {} : reply),
  });
}

async function findDetails(
  api: DiscordApi,
  where: string,
  after: string,
  marker: readonly [number, number],
): Promise<{ readonly hasThread: boolean; readonly id: string | null }> {
  try {
    const messages = await api.history(where, after, limits.historyPage);
    return { hasThread: true, id: messages.find((message) => isMarked(message, marker))?.id ?? null };
  } catch (error) {
    if (refusalCode(error) === unknownChannel) return { hasThread: false, id: null };
    throw error;
  }
}

async function openThread(
  api: DiscordApi,
  place: { readonly channel: string; readonly message: string },
  card: DrawnCard,
): Promise<void> {
  try {
    const name = cutText(oneLine(card.title), limits.threadName) || 'Details';
    await api.startThread(place.channel, place.message, name);
  } catch (error) {
    if (refusalCode(error) !== threadExists) throw error;
  }
}
