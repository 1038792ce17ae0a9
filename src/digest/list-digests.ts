import { isAdmin } from '../access/is-admin.js';
import type { Card } from '../card.js';
import type { Caller } from '../command.js';
import { readableInstant } from '../dates.js';
import type { Core } from '../ports.js';
import { nextDueInstant } from './due.js';
import { rhythmText } from './rhythm-text.js';

/** What is planned, with the next post: all of it for admins, else this channel's and the caller's own (names of channels may be private). */
export async function listDigests(core: Core, caller: Caller): Promise<Card> {
  const now = core.clock.now();
  const all = await core.stores.digests.schedules(caller.workspace);
  const seesAll = await isAdmin(core, caller);
  const schedules = all.filter(
    (schedule) =>
      seesAll || schedule.channelId === caller.channel.id || schedule.createdBy === caller.user.id,
  );
  if (schedules.length === 0) {
    return {
      title: 'No digest is planned',
      tone: 'plain',
      blocks: [
        {
          type: 'steps',
          title: 'A digest sums up the day in a channel, once, at a local time.',
          steps: ['Plan one: /digest schedule at:09:00 tz:Europe/Malta', 'Or see it now: /digest now'],
        },
      ],
    };
  }
  return {
    title: schedules.length === 1 ? '1 digest is planned' : `${schedules.length} digests are planned`,
    tone: 'plain',
    blocks: [
      {
        type: 'table',
        columns: [{ label: 'Channel' }, { label: 'When' }, { label: 'Zone' }, { label: 'Next' }],
        rows: schedules.map((schedule) => [
          schedule.channelName,
          rhythmText(schedule),
          schedule.timeZone,
          readableInstant(nextDueInstant(schedule, now), schedule.timeZone, now),
        ]),
      },
    ],
  };
}
