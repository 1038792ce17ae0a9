import type { Finding, Problem } from './problem.js';
import { renewStep } from './renew-step.js';

type Steps = readonly string[];

const waitStep = 'Wait: the next try comes by itself.';
const replaceStep = 'Replace the URL of the offer with the new one.';
const slowDownWhy =
  'Too many requests came with this token or from this address. Nothing is lost: the figures are read a little later.';

/** Words that are true of an offer that is read again and again, and what is true of a URL that was only just pasted. */
const onlyPasted: Readonly<Record<string, string>> = {
  [waitStep]: 'Wait a few minutes and run the command again.',
  [replaceStep]: 'Run the command again with the new link.',
  [renewStep]: 'Run the command again with the new URL.',
  [slowDownWhy]: 'Too many requests came with this token or from this address.',
};

/** The same problem, met while a URL was tried that nothing reads by itself yet. */
export function whilePasting(problem: Problem): Problem {
  const reworded = (text: string) => onlyPasted[text] ?? text;
  return { ...problem, why: reworded(problem.why), fix: problem.fix.map(reworded) };
}

function finding(
  severity: Finding['severity'],
  code: string,
  text: { readonly what: string; readonly why: string; readonly fix: Steps },
): Finding {
  return { code: `probe.${code}`, ...text, severity, mendable: false };
}

/** `primetime.partners` or, where only the bytes are known, `The programme`. */
function named(host: string | null): string {
  return host ?? 'The programme';
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}

/** `The file is cut` → `the file is cut.`, but `XML came.` stays. */
function continued(sentence: string): string {
  const whole = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  return /^[A-Z][a-z' ]/.test(whole) ? whole.charAt(0).toLowerCase() + whole.slice(1) : whole;
}

/** The far side knows the report but not the token. `renewalSteps` are the platform's own. */
export function tokenRefused(host: string | null, platformLabel: string, renewalSteps: Steps): Finding {
  return finding('error', 'token-refused', {
    what: `${named(host)} refuses the token in this ${platformLabel} URL.`,
    why: 'Somebody made a new token, or the user it belongs to was blocked. No figures can be read until it is replaced.',
    fix: renewalSteps,
  });
}

/** The token is known but may not read this report. */
export function forbidden(host: string | null, platformLabel: string, renewalSteps: Steps): Finding {
  return finding('error', 'forbidden', {
    what: `${named(host)} does not let this ${platformLabel} token read the report.`,
    why: 'The token was replaced, its user was blocked, or the user has lost access to this report.',
    fix: [
      ...renewalSteps,
      'Ask your affiliate manager whether this user may read the report, if a new token is refused too.',
    ],
  });
}

/** A login page came in place of the report. */
export function loginPage(host: string | null, platformLabel: string, renewalSteps: Steps): Finding {
  return finding('error', 'login-page', {
    what: `${named(host)} answers with its login page in place of the ${platformLabel} report.`,
    why: 'The token is no longer valid, or the URL is a dashboard page that only a signed-in person can open.',
    fix: renewalSteps,
  });
}

export function notFound(host: string | null): Finding {
  return finding('error', 'not-found', {
    what: `${named(host)} has no report at this address.`,
    why: 'The report or preset was deleted, or the address was copied in part.',
    fix: ['Open the report in the dashboard and copy its link again.', replaceStep],
  });
}

export function rateLimited(host: string | null): Finding {
  return finding('error', 'rate-limited', {
    what: `${named(host)} asks us to slow down.`,
    why: slowDownWhy,
    fix: [waitStep, 'Look for other tools that use the same token, if it happens often.'],
  });
}

export function serverError(host: string | null, status: number): Finding {
  return finding('error', 'server-error', {
    what: `${named(host)} answers with an error of its own (status ${status}).`,
    why: 'The fault is on their side. Your token and your URL are not the cause.',
    fix: [waitStep, 'Tell your affiliate manager, if it lasts longer than a few hours.'],
  });
}

export function timedOut(host: string | null): Finding {
  return finding('error', 'timed-out', {
    what: `${named(host)} did not finish its answer in time.`,
    why: 'The programme is slow at the moment, or the report is very long.',
    fix: [waitStep, 'Ask for fewer days at once, if it happens each time.'],
  });
}

export function unreachable(host: string | null): Finding {
  return finding('error', 'unreachable', {
    what: `${named(host)} cannot be reached.`,
    why: 'The name is unknown, the connection is refused, or its certificate is not valid.',
    fix: [
      'Open the address in a browser to see whether the programme is up.',
      'Check the host name in the URL.',
    ],
  });
}

/** The answer is not a report that can be read with certainty. `reason` is one sentence. */
export function unreadable(reason: string): Finding {
  return finding('error', 'unreadable', {
    what: `The report cannot be read: ${continued(reason)}`,
    why: 'A figure that is not certain is not stored. What was stored before stays as it is.',
    fix: [
      'Open the report URL in a browser and look at what it gives.',
      'Export the report again from the dashboard and replace the URL, if it looks wrong there too.',
    ],
  });
}

/** `limit` names the limit that was passed, such as `200,000 rows` or `8 MiB`. */
export function tooLarge(limit: string): Finding {
  return finding('error', 'too-large', {
    what: `The answer is larger than ${limit}.`,
    why: 'Reports this large are not read, because they would hold up every other offer.',
    fix: [
      'Narrow the report: take out groupings finer than day, brand and campaign, such as player or promo.',
      'Set the brand filter, so that the report holds one brand only.',
    ],
  });
}

export function empty(): Finding {
  return finding('warning', 'empty', {
    what: 'The report is empty for these days.',
    why: 'Either there was no traffic, or a filter in the report leaves nothing over.',
    fix: [
      'Open the report in the dashboard for the same days.',
      'Check that the brand filter names the right brand.',
      'Check that all columns are selected.',
    ],
  });
}

/** `columns` in the platform's own words; `notEnabled` those that the account does not have by the platform's own list. */
export function columnAbsent(columns: readonly string[], notEnabled: readonly string[] = []): Finding {
  const denied = columns.filter((column) => notEnabled.includes(column));
  return finding('warning', 'column-absent', {
    what: `The report does not give ${listed(columns)}.`,
    why: 'These figures are shown as n/a; they are never taken for zero.',
    fix:
      denied.length > 0
        ? [
            `Ask your affiliate manager to enable ${denied.length < columns.length ? listed(denied) : denied.length === 1 ? 'it' : 'them'} for you: the programme says that your account does not have ${denied.length === 1 ? 'it' : 'them'}.`,
          ]
        : [
            'Select the missing columns in the report and copy its link again.',
            'Ask your affiliate manager to enable them for you, if they are not on offer.',
          ],
  });
}

/** `groups` in the platform's own words, such as `day`, `brand`, `Media Item`. */
export function groupingAbsent(groups: readonly string[]): Finding {
  return finding('error', 'grouping-absent', {
    what: `The report is not split by ${listed(groups)}.`,
    why: 'Without the split, figures of different days, casinos or campaigns are one sum that cannot be taken apart.',
    fix: [`Add the grouping by ${listed(groups)} to the report.`, 'Copy its link again and paste it here.'],
  });
}

export function severalBrands(names: readonly string[]): Finding {
  return finding('warning', 'several-brands', {
    what: `The report holds ${names.length} brands: ${listed(names)}.`,
    why: 'No brand filter narrows it to one, so the figures of several casinos will mix in this offer.',
    fix: [
      'Set the brand filter of the report to the one casino of this offer and copy the link again.',
      'Keep it as it is, if this offer is meant to hold all of them.',
    ],
  });
}

/** The same casino and campaign of the same programme are read already, with another URL. */
export function countedAlready(offerName: string): Finding {
  return finding('warning', 'counted-already', {
    what: `Figures of this report are already read as "${offerName}".`,
    why: 'The same casino and campaign at the same programme are in both: sums over both offers would count them twice.',
    fix: [
      `Type /offer renew "${offerName}" with this URL if it has a new token for the same report.`,
      'Set the brand filter of the report to another casino, if you meant that one, and copy the link again.',
      'Add it as it is, if you want both.',
    ],
  });
}

export function mixedCurrencies(codes: readonly string[]): Finding {
  return finding('warning', 'mixed-currencies', {
    what: `The report comes in ${codes.length} currencies: ${listed(codes)}.`,
    why: 'Nothing is converted, and amounts of different currencies are never added up: each gets its own line.',
    fix: [
      'Turn on the conversion of all currencies in the report and copy its link again, to get one currency.',
      'Keep it as it is, to see each currency apart.',
    ],
  });
}

export function currencyUnknown(): Finding {
  return finding('warning', 'currency-unknown', {
    what: 'The report does not say its currency.',
    why: 'Its amounts are shown without a currency and are never added to those of other offers.',
    fix: ['State the currency with the option currency, such as currency:EUR.'],
  });
}
