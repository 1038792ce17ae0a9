import type { Card } from '../card.js';
import type { Caller } from '../command.js';
import type { ChannelRef } from '../options.js';
import type { Core } from '../ports.js';
import { noSchedule, severalSchedules } from '../problems/digest.js';
import { ProblemError } from '../problems/problem.js';
import { rhythmText } from './rhythm-text.js';
import type { Every } from './schedule.js';
import { targetChannel } from './target-channel.js';

/** Ends a channel's digest; where it has several, `every` says which. */
export async function stopDigest(
  core: Core,
  caller: Caller,
  options: { readonly channel?: ChannelRef | undefined; readonly every?: Every | undefined },
): Promise<Card> {
  const channel = await targetChannel(core, caller, options.channel);
  const here = (await core.stores.digests.schedules(caller.workspace)).filter(
    (schedule) => schedule.channelId === channel.id,
  );
  const meant = here.filter((schedule) => options.every === undefined || schedule.every === options.every);
  const [schedule] = meant;
  if (!schedule) throw new ProblemError(noSchedule(channel.name, options.every ?? null));
  if (meant.length > 1) {
    throw new ProblemError(
      severalSchedules(
        channel.name,
        meant.map(({ every }) => every),
      ),
    );
  }
  await core.stores.digests.removeSchedule(schedule.id);
  return {
    title: `Stopped: no more digest in ${channel.name} ${rhythmText(schedule)}`,
    tone: 'good',
    blocks: [
      {
        type: 'text',
        text: `To have it back: /digest schedule at:${schedule.at} tz:${schedule.timeZone} every:${schedule.every} channel:${channel.name}`,
        muted: true,
      },
    ],
  };
}
