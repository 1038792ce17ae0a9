import { inWords, missingDates } from './in-words.js';
import type { Finding } from './problem.js';
import { renewStep } from './renew-step.js';

/** How to get to the export link, for who pasted another page. */
export const affilkaExportSteps: readonly string[] = [
  'Open Reports → Statistics in the Affilka dashboard.',
  'Choose in the Columns tab the figures you want, and in the Group by tab Period: Day, Brand and Campaign.',
  'Choose in the Filters tab the brand of this offer and press Filter.',
  'Press Export report and choose JSON: a new browser tab opens.',
  'Copy the whole address of that tab and paste it here.',
];

/** How to get a new token. Nobody outside the programme can tell an expired token from a blocked user, so the steps name both. */
export const affilkaRenewalSteps: readonly string[] = [
  'Sign in to the Affilka dashboard; if that fails, your user is blocked and your affiliate manager can unblock it.',
  'Look at your statistic token on the Account Info page: somebody may have expired it.',
  'Open Reports → Statistics and press Filter with the same filters, columns and Group by as before.',
  'Press Export report, choose JSON and copy the whole address of the tab that opens.',
  renewStep,
];

/** The customer API takes the token beside the URL. */
export const affilkaTokenSteps: readonly string[] = [
  'Open Reports → Statistics, press Export report and choose JSON.',
  'Copy the whole address of the tab that opens: it holds token= and your token.',
  'Copy your statistic token from the Account Info page instead if you use the customer API, and give it beside the URL: token:….',
  'Paste it here.',
];

/** The words of the Group by tab. */
const groupWords: Readonly<Record<string, string>> = { day: 'day', brand: 'brand', campaign: 'campaign' };
const groupReasons: Readonly<Record<string, string>> = {
  day: 'Without days there is no digest: the whole window would become one sum.',
  brand: 'All casinos of this account would become one sum.',
  campaign: 'You could not see which campaign brings the players, nor when one of them stops.',
};
const groupClicks: Readonly<Record<string, string>> = {
  day: 'choose Period: Day',
  brand: 'turn Brand on',
  campaign: 'turn Campaign on',
};

function pick(words: Readonly<Record<string, string>>, groups: readonly string[]): string[] {
  return groups.map((group) => words[group] ?? group);
}

/** Says that a key that stands in the URL, and looks like the right one, is not read. */
function notRead(key: string | null): string {
  return key === null ? '' : ` The URL has "${key.slice(0, 30)}", which Affilka does not read.`;
}

/** `similar` is a key of the URL that was perhaps meant for `group_by[]`. */
export function groupByMissing(groups: readonly string[], similar: string | null): Finding {
  return {
    code: 'affilka.group-by-missing',
    severity: 'error',
    mendable: true,
    what: `The report is not split by ${inWords(pick(groupWords, groups), 'or')}.`,
    why: `${pick(groupReasons, groups).join(' ')}${notRead(similar)}`,
    fix: [
      `Let me add ${inWords(groups.map((group) => `group_by[]=${group}`))}: the URL decides this.`,
      `Open the Group by tab under Reports → Statistics to do it yourself: ${inWords(pick(groupClicks, groups))}.`,
      'Press Filter, then Export report → JSON, and paste the new URL.',
    ],
  };
}

export function playerGrouping(): Finding {
  return {
    code: 'affilka.player-grouping',
    severity: 'error',
    mendable: true,
    what: 'The report is split by player.',
    why: 'That is personal data of players, which the bot neither needs nor keeps.',
    fix: [
      'Let me take group_by[]=player out of the URL.',
      'Turn Player off in the Group by tab under Reports → Statistics to do it yourself.',
      'Press Filter, then Export report → JSON, and paste the new URL.',
    ],
  };
}

export function affilkaDatesMissing(keys: readonly string[]): Finding {
  return {
    code: 'affilka.dates-missing',
    severity: 'error',
    mendable: true,
    what: `The URL has no ${missingDates(keys)}.`,
    why: 'Without both dates the programme chooses the window, and days would be missing or counted twice.',
    fix: [
      'Let me put the last 7 complete days in; every sync sets its own dates.',
      'Choose a date range in the Filters tab under Reports → Statistics to do it yourself.',
      'Press Filter, then Export report → JSON, and paste the new URL.',
    ],
  };
}

/** `fault` completes "The dates do not work: …". */
export function affilkaDatesInvalid(fault: string): Finding {
  return {
    code: 'affilka.dates-invalid',
    severity: 'error',
    mendable: true,
    what: `The dates do not work: ${fault}.`,
    why: 'The programme would answer with nothing, or with days that nobody asked for.',
    fix: [
      'Let me put the last 7 complete days in; every sync sets its own dates.',
      'Choose a date range in the Filters tab under Reports → Statistics to do it yourself, up to today.',
    ],
  };
}

/** `period` is what the URL says, `null` when it says nothing. */
export function periodNotCustom(period: string | null): Finding {
  return {
    code: 'affilka.period-not-custom',
    severity: 'error',
    mendable: true,
    what:
      period === null
        ? 'The URL names no period.'
        : `The period is "${period.slice(0, 30)}" and not "custom".`,
    why: 'Only with the period custom does the programme keep to the dates that are asked for.',
    fix: [
      'Let me set period to custom.',
      'Choose a custom date range in the Filters tab under Reports → Statistics to do it yourself.',
      'Press Filter, then Export report → JSON, and paste the new URL.',
    ],
  };
}

/** `page` is what the URL says; `null` when it says nothing, which is only a warning. */
export function pageNotOne(page: string | null): Finding {
  const numbered = page !== null && /^\d{1,6}$/.test(page);
  const faulty = numbered ? `It starts on page ${page}.` : 'Its page is not a page number.';
  return {
    code: 'affilka.page-not-one',
    severity: page === null ? 'warning' : 'error',
    mendable: true,
    what: page === null ? 'The URL names no page.' : faulty,
    why: 'All pages are read, beginning with page 1: rows of the pages before another start would be lost.',
    fix: ['Let me set page to 1.', 'Change it yourself to page=1 at the end of the URL.'],
  };
}

/** `similar` is a key of the URL that was perhaps meant for `columns[]`. */
export function columnMissing(columns: readonly string[], similar: string | null): Finding {
  const named = inWords(columns.map((column) => `"${column}"`));
  return {
    code: 'affilka.column-missing',
    severity: 'error',
    mendable: true,
    what:
      columns.length === 1
        ? `The column ${named} is not in the report.`
        : `The columns ${named} are not in the report.`,
    why: `Figures without a column are not known and would be missing from digests and reports.${notRead(similar)}`,
    fix: [
      `Let me ask for ${columns.length === 1 ? 'it' : 'them'}: the URL decides this.`,
      'Choose them yourself in the Columns tab under Reports → Statistics, press Filter, then Export report → JSON.',
      'Ask your affiliate manager to enable what the Columns tab does not offer.',
    ],
  };
}

export function noConversion(): Finding {
  return {
    code: 'affilka.no-conversion',
    severity: 'warning',
    mendable: false,
    what: 'The report does not convert currencies.',
    why: 'If players use several, each currency gets its own sum, and sums of different currencies are never added.',
    fix: [
      'Decide whether you want one currency; figures by currency are fine too.',
      'Tick "Convert all currencies" in the Filters tab under Reports → Statistics and choose the currency.',
      'Press Filter, then Export report → JSON, and paste the new URL.',
    ],
  };
}
