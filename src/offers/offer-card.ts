import { workspaceZone } from '../access/workspace-zone.js';
import type { Action, Block, Card } from '../card.js';
import { dayIn, readableDay, readableInstant } from '../dates.js';
import { figureFields } from '../figures.js';
import type { Core } from '../ports.js';
import { problemBlock } from '../problems/problem-card.js';
import { figureLabels } from '../reports/figure-labels.js';
import { figureValue, readableValue } from '../reports/figure-value.js';
import type { Coverage } from '../sync/figure-store.js';
import { latestFigures } from './latest-figures.js';
import { stateOf } from './list-card.js';
import type { Offer } from './offer.js';
import { platformOf } from './platform-of.js';

/** Everything there is to know about one offer, but never its URL. */
export async function offerCard(core: Core, offer: Offer): Promise<Card> {
  const { stores } = core;
  const now = core.clock.now();
  const incidents = await stores.incidents.openFor(offer.id);
  const [coverage] = await stores.figures.coverage([offer.id], offer.historyFrom, dayIn('UTC', now));
  const rows = await stores.figures.countRows(offer.id);
  const [lastRun] = await stores.runs.latest(offer.id, 1);
  const latest = await latestFigures(core, offer);
  const zone = await workspaceZone(core, offer.workspace);
  const at = (instant: string | null) => (instant ? readableInstant(instant, zone, now) : 'never');
  const facts = [
    ['State', stateOf(offer, incidents[0])],
    [
      'Source',
      `${platformOf(core, offer).label}, ${offer.host}, token …${offer.tokenTail}${offer.reportName ? `, ${offer.reportName}` : ''}`,
    ],
    ['Owner', `${offer.ownerName}; posts to ${offer.channelName}`],
    ['Last good sync', at(offer.lastGoodSyncAt)],
    ...(lastRun?.state === 'failed'
      ? [['Last try', `${at(lastRun.endedAt)}, failed: ${lastRun.problemCode ?? 'unknown'}`]]
      : []),
    ['Next sync', offer.state === 'paused' ? 'paused' : at(offer.nextSyncAt)],
    ['History', `since ${offer.historyFrom}: ${daysText(coverage)}; ${rows.toLocaleString('en-US')} rows`],
    ['Currency', offer.currency ?? 'as the report says'],
  ];
  const blocks: Block[] = [
    { type: 'facts', facts: facts.map(([label = '', value = '']) => ({ label, value })) },
    { type: 'text', text: `Times are in ${zone}.`, muted: true },
  ];
  if (latest.day) blocks.push(...latestBlocks(latest.day, latest.rows));
  blocks.push(...incidents.map((incident) => problemBlock(incident.problem)));
  blocks.push({ type: 'actions', actions: actionsFor(offer) });
  return {
    title: `${offer.name} (offer ${offer.number})`,
    tone: incidents.length > 0 ? 'warning' : 'plain',
    blocks,
    problems: incidents.map((incident) => incident.problem.code),
  };
}

function daysText(coverage: Coverage | undefined): string {
  const { reported = 0, absent = 0, failed = 0 } = coverage ?? {};
  return [
    `${reported} ${reported === 1 ? 'day' : 'days'} reported`,
    ...(absent > 0 ? [`${absent} not in yet`] : []),
    ...(failed > 0 ? [`${failed} could not be read`] : []),
  ].join(', ');
}

function latestBlocks(day: string, rows: Awaited<ReturnType<typeof latestFigures>>['rows']): Block[] {
  return [
    { type: 'text', text: `Latest day with figures: ${readableDay(day)}` },
    {
      type: 'table',
      columns: [{ label: '' }, ...rows.map((row) => ({ label: row.currency, align: 'right' as const }))],
      rows: figureFields
        .filter((field) => rows.some((row) => row.figures[field] !== null))
        .map((field) => [
          figureLabels[field],
          ...rows.map((row) => readableValue(figureValue(row.figures, field), field, row.currency)),
        ]),
    },
  ];
}

function actionsFor(offer: Offer): Action[] {
  const options = { offer: String(offer.number) };
  return [
    { label: 'Read now', style: 'primary', command: 'offer sync', options },
    { label: 'Replace URL', command: 'offer renew', options, form: true },
    offer.state === 'paused'
      ? { label: 'Resume', command: 'offer resume', options }
      : { label: 'Pause', command: 'offer pause', options },
  ];
}
