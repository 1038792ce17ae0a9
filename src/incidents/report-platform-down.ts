import { addMilliseconds } from '../dates.js';
import type { Offer } from '../offers/offer.js';
import { platformDown } from '../problems/incident.js';
import { closeIncident } from './close-incident.js';
import { openIncident, tellFirst } from './open-incident.js';
import { fullRoundMs } from './platform-down.js';
import type { Trouble } from './report-trouble.js';
import type { Telling } from './telling.js';
import { hasStopped, mayBeOutage } from './trouble-kind.js';

/** One incident for a whole host: the single ones of its offers become part of it and are not told any more. */
export async function reportPlatformDown(
  telling: Telling,
  { offer, at, tries }: Trouble,
  atHost: readonly Offer[],
): Promise<void> {
  const { workspace, host } = offer;
  const { incident, how } = await openIncident(telling, {
    workspace,
    kind: 'platform-down',
    subject: `host:${host}`,
    offerId: null,
    problem: platformDown(host, atHost.length),
    at,
    tries,
  });
  if (how === 'seen') return;
  const ids = new Set(atHost.map((one) => one.id));
  for (const single of await telling.stores.incidents.listOpen(workspace)) {
    if (single.offerId === null || !ids.has(single.offerId)) continue;
    if (single.openedAt < addMilliseconds(at, -fullRoundMs)) continue;
    if (!hasStopped(single.kind) || !mayBeOutage(single.problem.code)) continue;
    const name = atHost.find((one) => one.id === single.offerId)?.name ?? 'An offer';
    await closeIncident(
      telling,
      single,
      at,
      `${name}: ${host} has stopped answering, see alert ${incident.number}`,
    );
  }
  if (incident.toldAt === null) await tellFirst(telling, incident, at);
}
