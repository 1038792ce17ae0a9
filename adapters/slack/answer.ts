import type { DrawnCard } from '../../src/card.js';
import type { Reply } from '../../src/dispatch.js';
import type { Asker } from './asker.js';
import { channelRefusal } from './channel-refusal.js';
import type { SlackContext } from './context.js';
import { areBlocksRefused } from './delivery-fault.js';
import { directChannel } from './messenger.js';
import { postMessage } from './post-message.js';
import { renderCard, renderPlain, type SlackMessage } from './render.js';
import { uploadCharts, uploadFile } from './upload.js';

const respondMs = 5_000;

/** Shows a finished answer: to the caller alone, or as a message of the channel. Never throws. */
export async function showReply(context: SlackContext, asker: Asker, reply: Reply): Promise<void> {
  const { client } = asker;
  try {
    const images = await uploadCharts(context, client, reply.card, false);
    const drawn = renderCard(reply.card, { images });
    if (reply.private || !(await postPublicly(context, asker, drawn, reply.card))) {
      await showPrivately(context, asker, drawn, reply.card);
    }
    // A file in the channel would be everyone's, so a private one goes to the caller's own messages.
    for (const { name, content } of reply.files) {
      const channelId =
        reply.private || !asker.channelId ? await directChannel(client, asker.userId) : asker.channelId;
      await uploadFile(client, { name, content }, { channelId });
    }
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'an answer was not shown');
  }
}

/** A card for the caller's eyes: where they asked, else in a direct message. */
export async function showCard(context: SlackContext, asker: Asker, card: DrawnCard): Promise<void> {
  await showReply(context, asker, { ok: card.tone !== 'bad', private: true, card, files: [] });
}

/** Shows how work goes; one use of the answering address is always kept for the answer itself. */
export async function showProgress(context: SlackContext, asker: Asker, card: DrawnCard): Promise<void> {
  if (!asker.responder || asker.responder.usesLeft <= limitForProgress) return;
  await respond(context, asker, renderCard(card), card);
}

const limitForProgress = 3;

async function postPublicly(
  context: SlackContext,
  asker: Asker,
  drawn: SlackMessage,
  card: DrawnCard,
): Promise<boolean> {
  const { client, channelId, threadTs, workspace } = asker;
  if (!channelId) return false;
  try {
    const refusal = await channelRefusal(context, workspace, client, channelId);
    if (refusal) throw new Error(refusal);
    await context.pace.turn(channelId);
    await postMessage(client, { channelId, ...(threadTs ? { threadTs } : {}) }, drawn, card);
    return true;
  } catch (error) {
    context.log.info({ error: describe(error) }, 'a public answer is shown to the caller alone');
    return false;
  }
}

async function showPrivately(
  context: SlackContext,
  asker: Asker,
  drawn: SlackMessage,
  card: DrawnCard,
): Promise<void> {
  if (await respond(context, asker, drawn, card)) return;
  if (await postEphemeral(asker, drawn, card)) return;
  await postMessage(
    asker.client,
    { channelId: await directChannel(asker.client, asker.userId) },
    drawn,
    card,
  );
}

async function respond(
  context: SlackContext,
  asker: Asker,
  drawn: SlackMessage,
  card: DrawnCard,
): Promise<boolean> {
  const { responder } = asker;
  const send = async (body: object): Promise<Response | null> => {
    if (!responder || responder.usesLeft < 1 || responder.until <= Date.parse(context.clock.now()))
      return null;
    responder.usesLeft -= 1;
    const fixed = {
      response_type: 'ephemeral',
      replace_original: false,
      unfurl_links: false,
      unfurl_media: false,
    };
    return fetch(responder.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...fixed, ...body }),
      redirect: 'error',
      signal: AbortSignal.timeout(respondMs),
    });
  };
  try {
    const answer = await send({ text: drawn.text, blocks: drawn.blocks });
    if (answer === null || answer.ok) return answer !== null;
    const said = await answer.text();
    if (!/invalid_blocks|msg_blocks_too_long/.test(said)) return false;
    return (await send({ text: renderPlain(card), mrkdwn: false }))?.ok ?? false;
  } catch {
    return false;
  }
}

async function postEphemeral(asker: Asker, drawn: SlackMessage, card: DrawnCard): Promise<boolean> {
  const { client, channelId, userId, threadTs } = asker;
  if (!channelId || channelId.startsWith('D')) return false;
  const to = { channel: channelId, user: userId, ...(threadTs ? { thread_ts: threadTs } : {}) };
  try {
    await client.chat.postEphemeral({ ...to, text: drawn.text, blocks: drawn.blocks });
    return true;
  } catch (error) {
    if (!areBlocksRefused(error)) return false;
  }
  try {
    await client.chat.postEphemeral({ ...to, text: renderPlain(card) });
    return true;
  } catch {
    return false;
  }
}

/** An error of the libraries in a few words without addresses. */
export function describe(error: unknown): string {
  return error instanceof Error
    ? `${error.name}: ${error.message}`.replace(/\S+:\/\/\S+/g, '[…]').slice(0, 200)
    : 'unknown';
}
