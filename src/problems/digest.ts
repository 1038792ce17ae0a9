import type { Problem } from './problem.js';
import { typedValue } from './shown-value.js';

export function zoneUnknown(zone: string): Problem {
  return {
    code: 'digest.zone-unknown',
    what: `${typedValue(zone, 'That')} is not a time zone.`,
    why: 'The digest is posted at a local time, which must be known over the change of clocks too.',
    fix: [
      'Write the zone as Area/City: tz:Europe/Malta',
      'Use tz:UTC for a digest that does not follow the change of clocks.',
    ],
  };
}

export function otherChannel(channel: string): Problem {
  return {
    code: 'digest.other-channel',
    what: `Only admins may plan digests for other channels, and this is not ${channel}.`,
    why: 'A digest speaks to everybody in its channel.',
    fix: [`Go to ${channel} and plan it there.`, 'Or ask an admin to do it.'],
  };
}

export function noSchedule(channel: string, every: string | null): Problem {
  return {
    code: 'digest.no-schedule',
    what: `There is no ${every === null ? '' : `${rhythm(every)} `}digest planned for ${channel}.`,
    why: 'There was nothing to stop.',
    fix: ['See what is planned: /digest list', 'Plan one: /digest schedule at:09:00 tz:Europe/Malta'],
  };
}

export function severalSchedules(channel: string, every: readonly string[]): Problem {
  return {
    code: 'digest.several-schedules',
    what: `${channel} has ${every.length} digests, and it is not clear which one to stop.`,
    why: 'A channel may have one digest a rhythm.',
    fix: every.map((word) => `Stop the ${rhythm(word)} one: /digest stop channel:${channel} every:${word}`),
  };
}

function rhythm(every: string): string {
  if (every === 'day') return 'daily';
  return every === 'weekday' ? 'working-day' : `${every}ly`;
}
