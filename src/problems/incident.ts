import type { Problem } from './problem.js';
import { typedValue } from './shown-value.js';

/** Many offers of one host fail since it last answered anybody. */
export function platformDown(host: string, offers: number): Problem {
  return {
    code: 'incident.platform-down',
    what: `${host} has stopped answering for ${offers} offers.`,
    why: 'So many offers of one programme fail at the same time that the programme itself is the likely cause. The tokens are most likely fine and need no renewal.',
    fix: [
      'Wait: reading goes on every hour, and what was missed is read when the programme is back.',
      'Ask your affiliate manager if it lasts longer than a few hours.',
    ],
  };
}

/** What a report had before and has no longer; the lists hold names as the platform shows them. */
export interface LostParts {
  readonly columns: readonly string[];
  readonly groups: readonly string[];
  readonly brands: readonly string[];
}

export function reportDrifted(offer: string, lost: LostParts): Problem {
  const parts = [
    ...lost.columns.map((name) => `the column ${name}`),
    ...lost.groups.map((name) => `the split by ${name}`),
    ...lost.brands.map((name) => `the brand ${name}`),
  ];
  const gone = parts.length > 4 ? [...parts.slice(0, 3), `${parts.length - 3} more`] : parts;
  return {
    code: 'incident.report-drifted',
    what: `${offer}'s report has changed: ${listed(gone)} ${parts.length === 1 ? 'is' : 'are'} gone.`,
    why:
      lost.brands.length > 0
        ? 'Figures that the report no longer gives are shown as not available, never as zero.'
        : 'What was stored stays as it is. Nothing of the changed report is stored until it is whole again or you accept it.',
    fix: [
      ...(lost.columns.length > 0
        ? ['Open the report in the dashboard and tick the missing columns again.']
        : []),
      ...(lost.groups.length > 0
        ? ['Open the report in the dashboard and group it as before, by day and by brand.']
        : []),
      ...(lost.brands.length > 0
        ? ['Look in the dashboard whether the brand was taken out of the report or closed.']
        : []),
      'Replace the URL if the dashboard gives a new one.',
      'Accept the new report if the change was intended.',
    ],
  };
}

export function sourceSilent(offer: string, lastDay: string, usual: string): Problem {
  return {
    code: 'incident.source-silent',
    what: `${offer} has sent no new day after ${lastDay} (a new one usually comes within ${usual}).`,
    why: 'The report can be read, but it has nothing newer. Later days are missing, not zero.',
    fix: [
      'Open the same report in the dashboard and see whether it shows newer days there.',
      'Look whether the brand or campaign filter of the report is still right.',
      'Ask your affiliate manager if the dashboard has no newer days either.',
    ],
  };
}

export interface RareDay {
  readonly offer: string;
  /** Empty when it is the whole offer. */
  readonly campaign: string;
  readonly day: string;
  readonly ftds: number;
  readonly usual: number;
  /** Once in how many such days this happens by chance. */
  readonly onceIn: number;
}

export function ftdDrop(rare: RareDay): Problem {
  const whose = rare.campaign ? `${rare.offer}'s campaign ${rare.campaign}` : rare.offer;
  return {
    code: 'incident.ftd-drop',
    what: `${whose} had ${rare.ftds} FTD on ${rare.day} (usual ${usualText(rare.usual)}; rare: 1 in ${rare.onceIn.toLocaleString('en')}).`,
    why: `By its own last four weeks, chance alone brings a day as low as this about once in ${rare.onceIn.toLocaleString('en')} days.`,
    fix: [
      'Click one of your own tracking links and see whether it still reaches the casino.',
      'Look whether traffic stopped too: /report by:campaign shows clicks beside FTD.',
      'Ask your affiliate manager whether registration or payments had a fault that day.',
    ],
  };
}

function usualText(usual: number): string {
  return usual < 10 ? usual.toFixed(1).replace(/\.0$/, '') : String(Math.round(usual));
}

/** The chat product refuses messages for this place for good. `reason` is its own machine word. */
export function deliveryRefused(place: string, reason: string): Problem {
  return {
    code: 'incident.delivery-refused',
    what: `Messages do not reach ${place}: ${reason.replaceAll('_', ' ')}.`,
    why: 'What was to be said there is kept, and nothing more is sent there until it works again.',
    fix: [
      ...(reason === 'channel_shared'
        ? [
            'Type /digest schedule in that channel and let an admin press "Post there all the same", if it is meant so.',
          ]
        : [
            'Look whether the channel still exists and the bot is a member of it; invite the bot if it is not.',
          ]),
      'Move the offers and digests of that channel elsewhere if it is gone: /offer edit, /digest schedule.',
      'Acknowledge this when it is mended; waiting messages then follow within a quarter of an hour.',
    ],
  };
}

/** One message was refused for what it is; others may pass. */
export function messageRefused(place: string, title: string, reason: string): Problem {
  return {
    code: 'incident.message-refused',
    what: `A message could not be posted, it never reached ${place}: "${title}" (${reason.replaceAll('_', ' ')}).`,
    why: 'The chat product does not accept its form. This is our fault; other messages are not held up.',
    fix: [
      'Run the command that shows the same thing here: /report, /digest now or /alert list.',
      'Report the fault to whoever runs the bot, with the code above.',
    ],
  };
}

/** A person has to look: the far side may or may not have taken a message, and its history cannot be read. */
export function deliveryUncertain(place: string, title: string): Problem {
  return {
    code: 'incident.delivery-uncertain',
    what: `It is not certain that a message reached ${place}: "${title}".`,
    why: 'The answer was lost, and the history of that place cannot be read. It is not sent again, because it could then be there twice.',
    fix: [
      `Look in ${place} whether the message is there.`,
      'Run the command again that made it, if it is missing.',
      'Allow the bot to read the history of that place, so that it can look by itself next time.',
    ],
  };
}

export function incidentUnknown(number: number): Problem {
  return {
    code: 'incident.unknown',
    what: `There is no alert ${number} that is still open.`,
    why: 'It has ended by itself, or the number is mistyped.',
    fix: ['Type /alert list to see what is open.'],
  };
}

export function incidentNotYours(number: number, owner: string | null): Problem {
  return {
    code: 'incident.not-yours',
    what: `Alert ${number} can be answered only by ${owner ? `${owner}, who owns the offer, and by admins` : 'admins'}.`,
    why: 'Whoever answers an alert takes care of it, so it must be somebody who can mend it.',
    fix: [owner ? `Ask ${owner} or an admin.` : 'Ask an admin.'],
  };
}

export function quietHoursUnreadable(text: string): Problem {
  return {
    code: 'incident.quiet-hours-unreadable',
    what: `${typedValue(text, 'That')} is not a pair of times.`,
    why: 'Quiet hours have a beginning and an end in local time; they may pass midnight.',
    fix: ['Write them as quiet:22:00-07:00, or quiet:off for none.'],
  };
}

export function timeZoneUnknown(text: string): Problem {
  return {
    code: 'incident.time-zone-unknown',
    what: `${typedValue(text, 'That')} is not a time zone.`,
    why: 'Alerts and quiet hours follow the local time of your team.',
    fix: ['Write it as tz:Europe/Malta: the continent, a slash, the city.'],
  };
}

export function alertTimesUnordered(): Problem {
  return {
    code: 'incident.times-unordered',
    what: 'The escalation must come later than the reminder.',
    why: 'The owner is reminded first; only then are the admins asked.',
    fix: ['Give a longer time, for example remind:1d escalate:2d.'],
  };
}

export function workspaceUnknown(): Problem {
  return {
    code: 'incident.workspace-unknown',
    what: 'This workspace is not set up yet.',
    why: 'It is set up by the first command that somebody runs in it.',
    fix: ['Type /offer list, then try again.'],
  };
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
