import type { Card } from '../card.js';
import { daysBetween, type Instant, readableSpan } from '../dates.js';
import { drawCard } from '../delivery/draw-card.js';
import { say } from '../delivery/say.js';
import type { Offer } from '../offers/offer.js';
import type { Core } from '../ports.js';
import type { SyncTask } from './queue-sync.js';

/** Says in the offer's channel how far a long reading has come: one message, edited chunk by chunk. */
export async function sayProgress(core: Core, offer: Offer, task: SyncTask, at: Instant): Promise<void> {
  if (!task.progress) return;
  const { span, subject } = task.progress;
  const [coverage] = await core.stores.figures.coverage([offer.id], span.from, span.to);
  const read = (coverage?.reported ?? 0) + (coverage?.absent ?? 0);
  const failed = coverage?.failed ?? 0;
  const rows = await core.stores.figures.countRows(offer.id);
  const total = daysBetween(span.from, span.to).length;
  const card = progressCard(offer.name, readableSpan(span.from, span.to), {
    total,
    read,
    failed,
    rows,
    reported: coverage?.reported ?? 0,
  });
  await say(core.stores, {
    workspace: offer.workspace,
    target: { kind: 'channel', id: offer.channelId, name: offer.channelName },
    subject,
    card: await drawCard(card, {
      vault: core.vault,
      actions: core.stores.actions,
      workspace: offer.workspace,
      now: at,
    }),
    now: at,
  });
}

interface Progress {
  readonly total: number;
  readonly read: number;
  readonly reported: number;
  readonly failed: number;
  readonly rows: number;
}

function progressCard(name: string, span: string, progress: Progress): Card {
  const { total, read, reported, failed, rows } = progress;
  if (read + failed < total) {
    return { title: `${name}: reading ${span}, ${read} of ${total} days so far`, tone: 'plain', blocks: [] };
  }
  if (failed > 0) {
    return {
      title: `${name}: ${read} of ${total} days read, ${failed} could not be read`,
      tone: 'warning',
      blocks: [{ type: 'text', text: `Read them again when the source is mended: /offer sync "${name}"` }],
    };
  }
  const quiet = total - reported;
  return {
    title: `${name}: all ${total} days read (${span}), ${rows.toLocaleString('en-US')} rows`,
    tone: 'good',
    blocks:
      quiet > 0
        ? [{ type: 'text', text: `${reported} days have figures; the source has nothing yet for ${quiet}.` }]
        : [],
  };
}
