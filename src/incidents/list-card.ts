import type { Block, Card } from '../card.js';
import { directCard, type IncidentView } from './incident-card.js';
import { incidentTitle, stateLine } from './incident-words.js';

/** What is open, one line each; `hidden` counts those that the caller may not see here. */
export function alertListCard(views: readonly IncidentView[], hidden: number): Card {
  const elsewhere: Block[] =
    hidden === 0
      ? []
      : [
          {
            type: 'text',
            text: `${hidden} more ${hidden === 1 ? 'is' : 'are'} about offers of other channels.`,
            muted: true,
          },
        ];
  if (views.length === 0) {
    return {
      title: hidden === 0 ? 'Nothing is wrong: no alert is open' : 'No alert is open for this channel',
      tone: 'good',
      blocks: elsewhere,
    };
  }
  const only = views.length === 1 ? views[0] : undefined;
  if (only) {
    const card = directCard(only);
    return { ...card, blocks: [...card.blocks, ...elsewhere] };
  }
  return {
    title: `${views.length} alerts are open`,
    tone: 'warning',
    blocks: [
      {
        type: 'table',
        columns: [{ label: 'Alert', align: 'right' }, { label: 'What is wrong' }, { label: 'State' }],
        rows: views.map((view) => [
          String(view.incident.number),
          incidentTitle(view),
          stateLine(view).replace(/^alert \d+ · /, ''),
        ]),
        more: '/alert list',
      },
      { type: 'text', text: 'Answer one with /alert ack 3 or /alert snooze 3 for:4h.', muted: true },
      ...elsewhere,
    ],
  };
}
