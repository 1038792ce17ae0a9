import type { Action, Block, Card } from '../card.js';
import { readableInstant } from '../dates.js';
import type { Incident } from '../incidents/incident.js';
import type { Core } from '../ports.js';
import { stateOf } from './list-card.js';
import type { Offer } from './offer.js';

const mostShown = 20;

/** A person's own offers, each with its state and what can be done about it. */
export async function homeCard(
  core: Pick<Core, 'clock' | 'stores'>,
  workspace: string,
  userId: string,
): Promise<Card> {
  const offers = (await core.stores.offers.list(workspace)).filter((offer) => offer.ownerId === userId);
  const blocks: Block[] = [];
  for (const offer of offers.slice(0, mostShown)) {
    const [open] = await core.stores.incidents.openFor(offer.id);
    const lastGood = offer.lastGoodSyncAt
      ? `last good sync ${readableInstant(offer.lastGoodSyncAt, 'UTC', core.clock.now())}`
      : 'not read yet';
    const line = `${offer.number} · ${offer.name} · ${stateOf(offer, open)} · ${lastGood} · ${offer.channelName}`;
    blocks.push({ type: 'text', text: line }, { type: 'actions', actions: actionsFor(offer, open) });
  }
  const more = offers.length - mostShown;
  if (more > 0) blocks.push({ type: 'text', text: `${more} more: /offer list`, muted: true });
  if (offers.length === 0) {
    const text = 'You own no offers yet. Copy the URL of a report at one programme, and add it.';
    blocks.push({ type: 'text', text });
  }
  const add: Action = {
    label: 'Add an offer',
    style: 'primary',
    command: 'offer add',
    options: {},
    form: true,
  };
  blocks.push({ type: 'actions', actions: [add] });
  return { title: offers.length === 0 ? 'Welcome to Tallyman' : 'Your offers', tone: 'plain', blocks };
}

/** What fits the state: mend what is broken, wake what is paused, else look and read. */
function actionsFor(offer: Offer, open: Incident | undefined): Action[] {
  const options = { offer: String(offer.number) };
  const show: Action = { label: 'Show', command: 'offer show', options };
  if (offer.state === 'paused') {
    return [{ label: 'Resume', style: 'primary', command: 'offer resume', options }, show];
  }
  const sync: Action = { label: 'Read now', command: 'offer sync', options };
  if (!open) return [show, sync];
  const renew: Action = {
    label: 'Replace URL',
    style: 'primary',
    command: 'offer renew',
    options,
    form: true,
  };
  const acknowledge: Action = {
    label: 'Acknowledge',
    command: 'alert ack',
    options: { incident: String(open.number) },
  };
  const isAnswered = open.state !== 'open';
  return [renew, sync, ...(isAnswered ? [] : [acknowledge]), show];
}
