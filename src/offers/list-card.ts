import { visiblePage } from '../access/visible-offers.js';
import { workspaceZone } from '../access/workspace-zone.js';
import type { Card } from '../card.js';
import type { Caller } from '../command.js';
import { readableDay, readableInstant } from '../dates.js';
import type { Incident } from '../incidents/incident.js';
import type { Core } from '../ports.js';
import { figureValue, readableValue, sumValues } from '../reports/figure-value.js';
import { latestFiguresOf } from './latest-figures.js';
import type { Offer } from './offer.js';

/** No surface draws more lines; the rest is counted. */
const mostLines = 100;

/** One line an offer that the caller may see: state, last good sync, figures of the last reported day. */
export async function offerListCard(core: Core, caller: Caller): Promise<Card> {
  const open = await openByOffer(core, caller.workspace);
  const page = await visiblePage(core, caller, mostLines, [...open.keys()]);
  const { offers, found, activeOf: broken } = page;
  const hidden = page.all - found;
  if (offers.length === 0 && hidden > 0) {
    return {
      title: 'No offers in this channel',
      tone: 'plain',
      blocks: [{ type: 'text', text: `${hiddenText(hidden)} Add one here: /offer add <report URL>` }],
    };
  }
  if (offers.length === 0) {
    return {
      title: 'No offers yet',
      tone: 'plain',
      blocks: [
        {
          type: 'text',
          text: 'Add the first one: open the report at the programme, copy its URL, and paste it here.',
        },
        { type: 'code', text: '/offer add <report URL>' },
        {
          type: 'actions',
          actions: [
            { label: 'Add an offer', style: 'primary', command: 'offer add', options: {}, form: true },
          ],
        },
      ],
    };
  }
  const now = core.clock.now();
  const zone = await workspaceZone(core, caller.workspace);
  const latestOf = await latestFiguresOf(core, offers);
  const rows = offers.map((offer) => {
    const latest = latestOf.get(offer.id) ?? { day: null, rows: [] };
    return [
      `${offer.number} · ${offer.name}`,
      offer.channelName,
      stateOf(offer, open.get(offer.id)),
      offer.lastGoodSyncAt ? readableInstant(offer.lastGoodSyncAt, zone, now) : 'never',
      latest.day ? readableDay(latest.day) : '–',
      readableValue(sumValues(latest.rows.map((row) => figureValue(row.figures, 'ftds'))), 'ftds', ''),
      latest.rows
        .map((row) => `${readableValue(row.figures.ngr, 'ngr', row.currency)} ${row.currency}`)
        .join(', ') || 'n/a',
    ];
  });
  return {
    title: `${found} ${found === 1 ? 'offer' : 'offers'}${broken > 0 ? `, ${broken} ${broken === 1 ? 'needs' : 'need'} a hand` : ''}`,
    tone: broken > 0 ? 'warning' : 'plain',
    blocks: [
      {
        type: 'table',
        columns: [
          { label: 'Offer' },
          { label: 'Channel' },
          { label: 'State' },
          { label: 'Last good' },
          { label: 'Day' },
          { label: 'FTD', align: 'right' },
          { label: 'NGR', align: 'right' },
        ],
        rows,
        left: found - offers.length,
        more: '/offer export',
      },
      {
        type: 'text',
        text: `Times are in ${zone}.${hidden > 0 ? ` ${hiddenText(hidden)}` : ''}`,
        muted: true,
      },
    ],
  };
}

/** The oldest open incident of each offer that has one. */
async function openByOffer(core: Core, workspace: string): Promise<ReadonlyMap<number, Incident>> {
  const open = new Map<number, Incident>();
  for (const incident of await core.stores.incidents.listOpen(workspace)) {
    if (incident.offerId !== null && !open.has(incident.offerId)) open.set(incident.offerId, incident);
  }
  return open;
}

function hiddenText(hidden: number): string {
  return `${hidden} more ${hidden === 1 ? 'belongs' : 'belong'} to other channels.`;
}

/** The state of an offer in a word or two. */
export function stateOf(offer: Offer, open: Incident | undefined): string {
  if (offer.state === 'paused') return 'paused';
  if (open) return incidentWords[open.kind];
  return offer.lastGoodSyncAt ? 'reading' : 'starting';
}

const incidentWords: Readonly<Record<Incident['kind'], string>> = {
  'token-refused': 'token refused',
  'sync-failing': 'cannot be read',
  'platform-down': 'platform down',
  'report-drifted': 'report changed',
  'source-silent': 'no new days',
  'ftd-drop': 'FTD drop',
  'delivery-failed': 'not delivered',
};
