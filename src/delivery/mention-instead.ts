import type { Instant } from '../dates.js';
import { directMessageRefusedCard } from '../incidents/notice-cards.js';
import { sayCard, type Telling } from '../incidents/telling.js';
import type { OutboxRow } from './outbox.js';

/** A person who takes no direct messages is named in the offer's channel instead, once an incident, without figures. */
export async function mentionInstead(telling: Telling, row: OutboxRow, now: Instant): Promise<void> {
  const id = /^incident:(\d+):dm$/.exec(row.subject)?.[1];
  if (id === undefined || row.target.kind !== 'user') return;
  const { incidents, offers, workspaces } = telling.stores;
  const incident = await incidents.get(Number(id));
  const workspace = await workspaces.get(row.workspace);
  if (!incident || !workspace || incident.offerId === null || incident.state === 'recovered') return;
  const offer = await offers.get(incident.offerId);
  if (!offer) return;
  const card = directMessageRefusedCard(row.target.name, offer.name, incident.number);
  const target = { kind: 'channel' as const, id: offer.channelId, name: offer.channelName };
  await sayCard(telling, workspace, target, `incident:${id}:mention`, card, now);
}
