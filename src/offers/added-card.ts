import type { Card } from '../card.js';
import { clockTimeIn } from '../dates.js';
import type { CheckedLink } from '../links/check-link.js';
import type { Platform } from '../platforms/platform.js';
import { problemBlock } from '../problems/problem-card.js';
import { liveCheckBlocks } from './live-check-card.js';
import type { Offer } from './offer.js';
import type { ProbeResult } from './probe.js';

/** Says that an offer was added, what is known of it, and what happens next. */
export function addedCard(
  offer: Offer,
  platform: Platform,
  link: CheckedLink,
  probe: ProbeResult,
  zone: string,
): Card {
  const warnings = [...link.findings, ...probe.findings];
  const next = clockTimeIn(zone, offer.nextSyncAt);
  return {
    title: `Added ${offer.name} as offer ${offer.number} (${offer.host}, token …${offer.tokenTail})`,
    tone: warnings.length > 0 ? 'warning' : 'good',
    blocks: [
      ...(link.changes.length > 0
        ? [{ type: 'text', text: `Changed in the URL: ${link.changes.join(' ')}` } as const]
        : []),
      ...liveCheckBlocks(platform, probe),
      ...warnings.map(problemBlock),
      {
        type: 'text',
        text: `Reading its history since ${offer.historyFrom} now; progress is in ${offer.channelName}. After that it is read every hour (next at ${next} ${zone}). The URL is kept sealed.`,
      },
      {
        type: 'actions',
        actions: [
          { label: 'Show it', command: 'offer show', options: { offer: String(offer.number) } },
          { label: 'Schedule a digest', command: 'digest schedule', options: {}, form: true },
        ],
      },
    ],
    problems: warnings.map((finding) => finding.code),
  };
}
