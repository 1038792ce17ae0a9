import { variable } from './postback.js';
import type { Finding } from './problem.js';

const eitherPlatformSteps: readonly string[] = [
  'Look which system the programme runs on: Affilka and ReferOn are supported.',
  'Export in Affilka from Reports → Statistics → Export report → JSON, and copy the address of the tab that opens.',
  'Create in ReferOn a preset in Reports → General, turn API availability on and press Copy link.',
  'Paste that link here.',
];

function error(problem: Omit<Finding, 'severity' | 'mendable'>, mendable = false): Finding {
  return { ...problem, severity: 'error', mendable };
}

export function notAUrl(): Finding {
  return error({
    code: 'link.not-a-url',
    what: 'There is no web address in what you pasted.',
    why: 'Figures are read from the report link of the programme; a name or a number is not enough.',
    fix: eitherPlatformSteps,
  });
}

export function notHttps(scheme: string): Finding {
  const web = scheme === 'http';
  return error(
    {
      code: 'link.not-https',
      what: `The address begins with ${scheme}:// and not with https://.`,
      why: 'Anyone on the way could read the token and with it your figures.',
      fix: web
        ? [
            'Let me change http:// to https://.',
            'Copy the link again over https if the programme then refuses.',
          ]
        : ['Copy the link from the address bar of the browser: it begins with https://.', 'Paste it here.'],
    },
    web,
  );
}

export function hasCredentials(): Finding {
  return error({
    code: 'link.has-credentials',
    what: 'The address holds a user name or a password before the @ sign.',
    why: 'A login never belongs in a link: Affilka and ReferOn only need the token in the export link.',
    fix: [
      'Change that password now if other people could see this message.',
      'Copy the export link again from the dashboard, without a user name in it, and paste it.',
    ],
  });
}

export function privateAddress(host: string): Finding {
  return error({
    code: 'link.private-address',
    what: `${host} is an address inside a private network, not a programme on the internet.`,
    why: 'The bot fetches what people paste, so it must not be led to machines that only it can reach.',
    fix: [
      'Paste the link that works in a browser outside your network.',
      'Ask whoever runs the bot to add the host to ALLOW_PRIVATE_HOSTS if it is meant to be read.',
    ],
  });
}

export function unusualPort(port: string): Finding {
  return error({
    code: 'link.unusual-port',
    what: `The address names port ${port}; only the usual one for https (443) is read.`,
    why: 'Report links of both platforms use the usual port; others lead to machines that are no programme.',
    fix: [
      'Copy the export link again from the dashboard and paste it.',
      'Ask whoever runs the bot to allow this host and port if the link is right.',
    ],
  });
}

export function tooLong(length: number, limit: number): Finding {
  return error({
    code: 'link.too-long',
    what: `The address has ${length} characters; at most ${limit} are read.`,
    why: 'Servers refuse addresses that are much longer, and a report link never needs it.',
    fix: [
      'Remove columns and filters that you do not need from the report.',
      'Export it again and paste the new link.',
    ],
  });
}

/** `system` names a well-known system whose link this looks like. */
export function unknownPlatform(system: string | null): Finding {
  const named = system === null ? null : `This looks like a link of ${system}, which is not supported yet.`;
  return error({
    code: 'link.unknown-platform',
    what: named ?? 'This is not a report link of Affilka or ReferOn.',
    why: 'The link is recognised by its path and its parameters, and these are of neither platform.',
    fix: eitherPlatformSteps,
  });
}

export function dashboardPage(platform: string, steps: readonly string[]): Finding {
  return error({
    code: 'link.dashboard-page',
    what: `This is a page of the ${platform} dashboard, not the export link of a report.`,
    why: 'A dashboard page needs your login and shows no figures to a program; the export link holds a token for that.',
    fix: steps,
  });
}

export function xmlFeed(): Finding {
  return error(
    {
      code: 'link.xml-feed',
      what: 'This is the XML export; figures are read from the JSON export.',
      why: 'Both hold the same report, and only the address of the JSON one can be read here.',
      fix: [
        'Let me change report.xml to report.json in the address.',
        'Press Export report → JSON under Reports → Statistics if you prefer to copy it anew.',
      ],
    },
    true,
  );
}

export function postbackUrl(): Finding {
  return error({
    code: 'link.postback-url',
    what: `This is a postback URL: it holds variables such as ${variable('visit_id')}.`,
    why: 'The programme calls a postback to tell your tracker of one event; it gives no report to read.',
    fix: ['Type /postback check and this URL to have it checked.', ...eitherPlatformSteps],
  });
}

export function trackingLink(): Finding {
  return error({
    code: 'link.tracking-link',
    what: 'This looks like a tracking link, the one that players click.',
    why: 'It leads to the casino, and each fetch would count as a click; it gives no report to read.',
    fix: eitherPlatformSteps,
  });
}

/** `part` is what is corrupted, in a few words, without any part of the token. */
export function mangled(part: string): Finding {
  return error({
    code: 'link.mangled',
    what: `The address was damaged on its way: ${part}.`,
    why: 'What is missing cannot be guessed, and a damaged token is refused like a false one.',
    fix: [
      'Open the report again and copy the whole address from the address bar, not from a message or a document.',
      'Paste it here as it is.',
    ],
  });
}

export function alreadyAdded(offerName: string): Finding {
  return error({
    code: 'link.already-added',
    what: `This report is already here as "${offerName}".`,
    why: 'Adding it twice would count every figure twice.',
    fix: [
      `Type /offer renew "${offerName}" with this URL if its token was replaced.`,
      'Choose another brand in the filters and export again if you meant another casino.',
    ],
  });
}

export function tokenMissing(platform: string, steps: readonly string[]): Finding {
  return error({
    code: 'link.token-missing',
    what: `There is no token in this ${platform} link.`,
    why: 'The token is what lets the bot read your figures without your login.',
    fix: steps,
  });
}

export function tokenPlaceholder(platform: string, steps: readonly string[]): Finding {
  return error({
    code: 'link.token-placeholder',
    what: `The token in this ${platform} link is a placeholder from an example, not a real one.`,
    why: 'The programme would refuse it; your own token is in the link that your dashboard makes.',
    fix: steps,
  });
}
