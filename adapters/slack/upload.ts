import { setTimeout as wait } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import type { Block, Button, ChartData, DrawnCard } from '../../src/card.js';
import type { SlackContext } from './context.js';
import { limits } from './limits.js';
import { safeLine } from './safe-text.js';
import type { SlackClient } from './web-client.js';

export interface Upload {
  readonly name: string;
  readonly content: Uint8Array;
  readonly altText?: string;
}

/** Where a file is shown; without it the file is stored for a message's own blocks. */
export interface Share {
  readonly channelId: string;
  readonly threadTs?: string;
}

const uploadMs = 10_000;
/** Slack refuses an image block while it still looks at the file. */
const looks = 6;
const lookEveryMs = 250;

/** Stores a file at Slack and answers its id. Throws the client's errors. */
export async function uploadFile(client: SlackClient, upload: Upload, share?: Share): Promise<string> {
  const { file_id: id, upload_url: url } = await client.files.getUploadURLExternal({
    filename: upload.name,
    length: upload.content.byteLength,
    ...(upload.altText ? { alt_text: safeLine(upload.altText, limits.altText) } : {}),
  });
  if (!id || !url) throw new Error('no address to upload to');
  const signal = AbortSignal.timeout(uploadMs);
  const sent = await fetch(url, {
    method: 'POST',
    body: Buffer.from(upload.content),
    redirect: 'error',
    signal,
  });
  if (!sent.ok) throw new Error(`upload answered ${sent.status}`);
  const files: [{ id: string; title: string }] = [{ id, title: upload.name }];
  if (!share) await client.files.completeUploadExternal({ files });
  else if (share.threadTs) {
    await client.files.completeUploadExternal({
      files,
      channel_id: share.channelId,
      thread_ts: share.threadTs,
    });
  } else await client.files.completeUploadExternal({ files, channel_id: share.channelId });
  return id;
}

/**
 * Draws and stores the charts of a card. One that cannot be shown is left to its text. `canWait`: the message may be sent
 * later instead, so that being told to wait is thrown.
 */
export async function uploadCharts(
  context: Pick<SlackContext, 'charts' | 'log'>,
  client: SlackClient,
  card: DrawnCard,
  canWait: boolean,
): Promise<Map<ChartData, string>> {
  const images = new Map<ChartData, string>();
  for (const block of [...card.blocks, ...(card.details ?? [])]) {
    if (block.type !== 'chart') continue;
    const id = await uploadChart(context, client, block, canWait);
    if (id !== null) images.set(block.chart, id);
  }
  return images;
}

async function uploadChart(
  { charts, log }: Pick<SlackContext, 'charts' | 'log'>,
  client: SlackClient,
  block: Extract<Block<Button>, { type: 'chart' }>,
  canWait: boolean,
): Promise<string | null> {
  try {
    const content = await charts.png(block.chart);
    const id = await uploadFile(client, { name: 'chart.png', content, altText: block.alt });
    return (await isReady(client, id)) ? id : null;
  } catch (error) {
    if (canWait && error instanceof webApi.WebAPIRateLimitedError) throw error;
    log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'a chart was not shown');
    return null;
  }
}

async function isReady(client: SlackClient, file: string): Promise<boolean> {
  for (let look = 0; look < looks; look += 1) {
    const info = await client.files.info({ file });
    if (info.file?.mimetype) return true;
    await wait(lookEveryMs);
  }
  return false;
}
