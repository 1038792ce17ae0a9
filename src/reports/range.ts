import { addDays, type Day, daysApart, firstOfMonth, isDay, later, weekdayOf } from '../dates.js';
import type { Period } from '../digest/period.js';
import { ProblemError } from '../problems/problem.js';
import {
  rangeBackwards,
  rangeGivenTwice,
  rangeInFuture,
  rangeTooLong,
  rangeUnknown,
  startMissing,
} from '../problems/report.js';

const longestRange = 400;

export interface RangeWords {
  readonly range?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/**
 * The days that a person means. Ranges by a word end yesterday, the last complete day, but for `today`.
 * Throws a `ProblemError` for what is no range, backwards, in the future or too long.
 */
export function parseRange(words: RangeWords, today: Day, otherwise: string): Period {
  const { range, from, to } = words;
  if (range !== undefined && (from !== undefined || to !== undefined))
    throw new ProblemError(rangeGivenTwice());
  if (from === undefined && to !== undefined) throw new ProblemError(startMissing(to));
  if (from !== undefined) return checked({ from, to: to ?? later(from, addDays(today, -1)) }, today);
  return checked(namedRange(range ?? otherwise, today), today);
}

function checked(period: Period, today: Day): Period {
  if (period.from > period.to) throw new ProblemError(rangeBackwards(period.from, period.to));
  if (period.from > today) throw new ProblemError(rangeInFuture(period.from, today));
  const days = daysApart(period.from, period.to) + 1;
  if (days > longestRange) throw new ProblemError(rangeTooLong(days, longestRange));
  return { from: period.from, to: period.to > today ? today : period.to };
}

function namedRange(text: string, today: Day): Period {
  const word = text.trim().toLowerCase().replaceAll('_', '-').replaceAll(' ', '-');
  const yesterday = addDays(today, -1);
  switch (word) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: yesterday, to: yesterday };
    case 'mtd':
    case 'this-month':
      return { from: firstOfMonth(today), to: later(firstOfMonth(today), yesterday) };
    case 'ytd':
    case 'this-year':
      return { from: `${today.slice(0, 4)}-01-01`, to: later(`${today.slice(0, 4)}-01-01`, yesterday) };
    case 'last-week': {
      const sunday = addDays(today, -weekdayOf(today));
      return { from: addDays(sunday, -6), to: sunday };
    }
    case 'this-week': {
      const monday = addDays(today, 1 - weekdayOf(today));
      return { from: monday, to: later(monday, yesterday) };
    }
    case 'last-month': {
      const last = addDays(firstOfMonth(today), -1);
      return { from: firstOfMonth(last), to: last };
    }
  }
  const days = /^(?:last-)?(\d{1,4})-?d(?:ays?)?$/.exec(word);
  if (days && Number(days[1]) > 0) return { from: addDays(today, -Number(days[1])), to: yesterday };
  if (isDay(word)) return { from: word, to: word };
  const [from = '', to = ''] = word.split('..');
  if (isDay(from) && isDay(to)) return { from, to };
  throw new ProblemError(rangeUnknown(text));
}
