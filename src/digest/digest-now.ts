import { channelOffers, visibleOffers } from '../access/visible-offers.js';
import type { Card } from '../card.js';
import type { Caller } from '../command.js';
import { addDays, addMilliseconds, dayIn, type Instant } from '../dates.js';
import type { Core, Stores } from '../ports.js';
import { parseRange } from '../reports/range.js';
import { callerZone } from '../reports/zone.js';
import { buildDigest } from './build-digest.js';
import { digestPeriod } from './period.js';
import { lastRunOf } from './post-due-digests.js';
import type { Every } from './schedule.js';

const rhythms: readonly Every[] = ['day', 'weekday', 'week', 'month'];
const dayMs = 86_400_000;

/** The digest of a range (yesterday unless said otherwise): of this channel's offers, or where it has none of all that the caller may see. */
export async function digestNow(core: Core, caller: Caller, range: string | undefined): Promise<Card> {
  const now = core.clock.now();
  const zone = await callerZone(core, caller);
  const here = await channelOffers(core, caller);
  return buildDigest(core, {
    workspace: caller.workspace,
    channelName: caller.channel.name,
    offers: here.length > 0 ? here : await visibleOffers(core, caller),
    period: parseRange({ range }, dayIn(zone, now), 'yesterday'),
    zone,
    now,
    since: await lastTold(core.stores, caller, now, zone),
  });
}

/** When this channel was last told, by whichever rhythm; without any, a day ago. */
async function lastTold(
  stores: Stores,
  caller: Caller,
  now: Instant,
  zone: string,
): Promise<{ at: Instant; toldTo: string }> {
  let last = { at: addMilliseconds(now, -dayMs), toldTo: addDays(dayIn(zone, now), -2) };
  let isTold = false;
  for (const every of rhythms) {
    const { workspace, channel } = caller;
    const run = await lastRunOf(stores, { workspace, channelId: channel.id, every });
    if (run && run.postedAt <= now && (!isTold || run.postedAt > last.at)) {
      last = { at: run.postedAt, toldTo: digestPeriod(every, run.localDate).to };
      isTold = true;
    }
  }
  return last;
}
