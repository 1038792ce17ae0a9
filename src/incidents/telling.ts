import type { Workspace } from '../access/workspace.js';
import type { Card } from '../card.js';
import type { Instant } from '../dates.js';
import { drawCard } from '../delivery/draw-card.js';
import type { Target } from '../delivery/outbox.js';
import { afterQuietHours } from '../delivery/quiet-hours.js';
import { say } from '../delivery/say.js';
import type { Offer } from '../offers/offer.js';
import type { Core, Stores } from '../ports.js';
import type { Incident } from './incident.js';
import { channelCard, directCard, type IncidentView } from './incident-card.js';

/** What telling needs; inside a transaction, `stores` are the transaction's. */
export interface Telling {
  readonly stores: Stores;
  readonly vault: Core['vault'];
}

/** Who hears of an incident. */
interface Audience {
  readonly name: string;
  readonly offerNumber: number | null;
  readonly channels: readonly Target[];
  readonly people: readonly Target[];
}

/** Says an incident as it stands now, in its channels and to its people; the second time edits the same messages. */
export async function tell(
  telling: Telling,
  incident: Incident,
  now: Instant,
  ending?: string,
): Promise<void> {
  const prepared = await prepare(telling, incident, now, ending);
  if (!prepared) return;
  const { workspace, audience, view } = prepared;
  for (const target of audience.channels) {
    await sayCard(telling, workspace, target, `incident:${incident.id}`, channelCard(view), now);
  }
  for (const target of audience.people) {
    await sayCard(telling, workspace, target, `incident:${incident.id}:dm`, directCard(view), now);
  }
}

/** Sends one card about an incident to each of these people (to all who were told, when left out), as a new message. */
export async function tellPeople(
  telling: Telling,
  incident: Incident,
  now: Instant,
  about: {
    readonly subject: string;
    readonly draw: (view: IncidentView) => Card;
    readonly people?: readonly Target[];
  },
): Promise<void> {
  const prepared = await prepare(telling, incident, now);
  if (!prepared) return;
  const { workspace, audience, view } = prepared;
  const told = audience.people.length > 0 ? audience.people : audience.channels;
  for (const target of about.people ?? told) {
    await sayCard(telling, workspace, target, about.subject, about.draw(view), now);
  }
}

/** Draws a card and puts it into the outbox, not before the quiet hours are over. */
export async function sayCard(
  { stores, vault }: Telling,
  workspace: Workspace,
  target: Target,
  subject: string,
  card: Card,
  now: Instant,
): Promise<void> {
  const drawn = await drawCard(card, { vault, actions: stores.actions, workspace: workspace.id, now });
  const notBefore = afterQuietHours(workspace, now);
  await say(stores, { workspace: workspace.id, target, subject, card: drawn, now, notBefore });
}

/** How an incident looks now; `null` when its workspace is gone. */
export async function viewOf(stores: Stores, incident: Incident, now: Instant): Promise<IncidentView | null> {
  const prepared = await prepare({ stores }, incident, now);
  return prepared?.view ?? null;
}

async function prepare(
  { stores }: Pick<Telling, 'stores'>,
  incident: Incident,
  now: Instant,
  ending?: string,
) {
  const workspace = await stores.workspaces.get(incident.workspace);
  if (!workspace) return null;
  const audience = await audienceOf(stores, workspace, incident);
  const view: IncidentView = {
    incident,
    name: audience.name,
    offerNumber: audience.offerNumber,
    zone: workspace.timeZone,
    now,
    told: audience.people.map((person) => person.name),
    ...(ending === undefined ? {} : { ending }),
  };
  return { workspace, audience, view };
}

async function audienceOf(stores: Stores, workspace: Workspace, incident: Incident): Promise<Audience> {
  const about = incident.subject.replace(/^[a-z]+:/, '');
  if (incident.kind === 'delivery-failed') {
    const admins = await stores.workspaces.admins(workspace.id);
    const people = admins
      .filter((admin) => incident.subject !== `user:${admin.id}`)
      .map((admin): Target => ({ kind: 'user', ...admin }));
    return { name: placeOf(incident), offerNumber: null, channels: [], people };
  }
  const offers = await offersOf(stores, incident, about);
  const only = incident.offerId === null ? undefined : offers[0];
  return {
    name: only?.name ?? about,
    offerNumber: only?.number ?? null,
    channels: distinct(
      offers.map((offer) => ({ kind: 'channel', id: offer.channelId, name: offer.channelName })),
    ),
    people: workspace.dmAlerts
      ? distinct(offers.map((offer) => ({ kind: 'user', id: offer.ownerId, name: offer.ownerName })))
      : [],
  };
}

/** The offers that an incident is about: its own, or all active ones of its host. */
export async function offersOf(stores: Stores, incident: Incident, host: string): Promise<readonly Offer[]> {
  if (incident.offerId !== null) {
    const offer = await stores.offers.get(incident.offerId);
    return offer ? [offer] : [];
  }
  const offers = await stores.offers.list(incident.workspace);
  return offers.filter((offer) => offer.host === host && offer.state === 'active');
}

/** The place that a delivery incident is about, by the name that its own sentence gives it. */
function placeOf(incident: Incident): string {
  return /(?:reach|reached) (.+?):/.exec(incident.problem.what)?.[1] ?? 'their place';
}

function distinct(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((target) => [target.id, target])).values()];
}
