import type { Problem } from './problem.js';
import { typedValue } from './shown-value.js';

const rangeExamples = [
  'Try /report 7d',
  'Try /report last-month by:offer',
  'Try /report from:2026-11-01 to:2026-11-15',
];

export function rangeUnknown(range: string): Problem {
  return {
    code: 'report.range-unknown',
    what: `${typedValue(range, 'That')} is not a range of days.`,
    why: 'A range is yesterday, today, 7d, 30d (any number up to 400), mtd, ytd, last-week or last-month.',
    fix: rangeExamples,
  };
}

export function rangeGivenTwice(): Problem {
  return {
    code: 'report.range-given-twice',
    what: 'There is a range and also a from: or to:.',
    why: 'They could mean different days.',
    fix: ['Keep either the range or the dates.', ...rangeExamples],
  };
}

export function rangeBackwards(from: string, to: string): Problem {
  return {
    code: 'report.range-backwards',
    what: `The range starts on ${from}, after its end on ${to}.`,
    why: 'No day lies in it.',
    fix: [`Swap them: /report from:${to} to:${from}`],
  };
}

export function rangeInFuture(from: string, today: string): Problem {
  return {
    code: 'report.range-in-future',
    what: `The range starts on ${from}, and today is ${today}.`,
    why: 'No programme has figures for days to come.',
    fix: ['Check the year.', ...rangeExamples],
  };
}

export function rangeTooLong(days: number, longest: number): Problem {
  return {
    code: 'report.range-too-long',
    what: `The range has ${days} days; a report has ${longest} at most.`,
    why: 'A longer one would be too large to send.',
    fix: ['Ask for a shorter range.', 'Try /report ytd by:month'],
  };
}

export function startMissing(to: string): Problem {
  return {
    code: 'report.start-missing',
    what: 'There is a to: without a from:.',
    why: 'A range needs a first day.',
    fix: [`Give both: /report from:${to.slice(0, 8)}01 to:${to}`],
  };
}

export function groupUnknown(word: string): Problem {
  return {
    code: 'report.group-unknown',
    what: `A report cannot be split by ${typedValue(word, 'that')}.`,
    why: 'It can be split by day, month, offer, brand and campaign, also by several of them.',
    fix: ['Try /report 7d by:offer', 'Try /report 30d by:offer,brand'],
  };
}

export function metricUnknown(word: string): Problem {
  return {
    code: 'report.metric-unknown',
    what: `There is no figure called ${typedValue(word, 'that')}.`,
    why: 'The figures are clicks, registrations, ftds, ftd_amount, deposits, ngr, commission, depositors, prequalified, qualified and cpa_income.',
    fix: ['Try /report 7d metrics:ftds,ngr'],
  };
}

export function offerNotHere(name: string): Problem {
  return {
    code: 'report.offer-not-here',
    what: `There is no offer ${typedValue(name, 'of that name')} whose figures can be shown to you here.`,
    why: "Figures are shown in the offer's own channel, to its owner and to admins.",
    fix: [
      'See which offers there are: /offer list',
      "Ask again in the offer's own channel.",
      'Or ask its owner or an admin for the report.',
    ],
  };
}

export function nothingToShare(channel: string): Problem {
  return {
    code: 'report.nothing-to-share',
    what: `No offer of this report belongs to ${channel}, so nothing can be shared there.`,
    why: 'Everybody in a channel could read a shared report; only figures of its own offers may be shown there.',
    fix: ['Ask without share: to see the report yourself.', "Or share it in the offer's own channel."],
  };
}
