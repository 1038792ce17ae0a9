import { Temporal } from 'temporal-polyfill';
import type { Card } from '../card.js';
import type { Caller } from '../command.js';
import { isTimeZone, readableInstant } from '../dates.js';
import type { ChannelRef } from '../options.js';
import type { Core } from '../ports.js';
import { zoneUnknown } from '../problems/digest.js';
import { ProblemError } from '../problems/problem.js';
import { nextDueInstant } from './due.js';
import { rhythmText } from './rhythm-text.js';
import type { Every } from './schedule.js';
import { targetChannel } from './target-channel.js';

export interface ScheduleOptions {
  readonly at: string;
  readonly tz: string;
  readonly every?: Every | undefined;
  readonly channel?: ChannelRef | undefined;
}

/** Plans a digest for a channel; one of the same rhythm there is replaced. */
export async function scheduleDigest(core: Core, caller: Caller, options: ScheduleOptions): Promise<Card> {
  const timeZone = zoneNamed(options.tz);
  const channel = await targetChannel(core, caller, options.channel);
  const now = core.clock.now();
  const schedule = await core.stores.digests.setSchedule({
    workspace: caller.workspace,
    channelId: channel.id,
    channelName: channel.name,
    at: options.at,
    timeZone,
    every: options.every ?? 'day',
    createdBy: caller.user.id,
    createdAt: now,
  });
  const offers = (await core.stores.offers.list(caller.workspace)).filter(
    (offer) => offer.channelId === channel.id,
  );
  const first = readableInstant(nextDueInstant(schedule, now), timeZone, now);
  return {
    title: `Planned: a digest in ${channel.name} ${rhythmText(schedule)}`,
    tone: offers.length === 0 ? 'warning' : 'good',
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'First', value: `${first} (${timeZone})` },
          { label: 'Offers', value: offers.map((offer) => offer.name).join(', ') || 'none yet' },
        ],
      },
      ...(offers.length === 0
        ? [
            {
              type: 'steps' as const,
              title: `The digest will be empty: no offer belongs to ${channel.name}.`,
              steps: [`Add an offer: /offer add <url> channel:${channel.name}`],
            },
          ]
        : []),
    ],
  };
}

/** The zone as it is written in the zone database, whatever the person's capitals. */
function zoneNamed(text: string): string {
  const zone = text.trim().replaceAll(' ', '_');
  // Offsets such as +02:00 are zones to Temporal, but know no change of clocks.
  if (!/^[A-Za-z]/.test(zone) || !isTimeZone(zone)) throw new ProblemError(zoneUnknown(text));
  return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
}
