import type { Problem } from './problem.js';
import { shownValue } from './shown-value.js';

/** Problems of `serve --role`. */

export function roleUnknown(word: string): Problem {
  return {
    code: 'role.unknown',
    what: `There is no role ${shownValue(word)}.`,
    why: 'A Tallyman answers requests, works, or does both.',
    fix: [
      'Type: npx tallyman serve --role web',
      'Use web, worker or all; all is what it does without --role.',
    ],
  };
}

export function roleNeedsPostgres(role: string): Problem {
  return {
    code: 'role.needs-postgres',
    what: `The role ${role} needs a Postgres database.`,
    why: 'A SQLite database is for one process: a second one cannot share its work.',
    fix: [
      'Leave --role out to run everything in one process.',
      'Run npx tallyman move --to postgres://… and set DATABASE_URL to that address to use several.',
    ],
  };
}

export function roleNeedsSignedRequests(role: string, product: 'Slack' | 'Discord'): Problem {
  const settings =
    product === 'Slack'
      ? 'Set SLACK_SIGNING_SECRET and leave SLACK_APP_TOKEN out.'
      : 'Set DISCORD_PUBLIC_KEY and DISCORD_APPLICATION_ID.';
  return {
    code: 'role.needs-signed-requests',
    what: `The role ${role} needs ${product} to send signed requests.`,
    why: `With a connection of its own, ${product} would talk to one process and not to the others.`,
    fix: [settings, 'Leave --role out to keep that connection in one process that does everything.'],
  };
}
