import {
  addDays,
  type Day,
  firstOfMonth,
  lastOfMonth,
  readableDay,
  readableSpan,
  weekdayOf,
} from '../dates.js';
import type { Every } from './schedule.js';

/** Complete local days, both included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** What a digest of this rhythm, posted on a local date, tells about: the last complete day, weekend, week or month. */
export function digestPeriod(every: Every, localDate: Day): Period {
  const yesterday = addDays(localDate, -1);
  switch (every) {
    case 'day':
      return { from: yesterday, to: yesterday };
    case 'weekday':
      return { from: weekdayOf(localDate) === 1 ? addDays(localDate, -3) : yesterday, to: yesterday };
    case 'week': {
      const sunday = addDays(localDate, -weekdayOf(localDate));
      return { from: addDays(sunday, -6), to: sunday };
    }
    case 'month': {
      const last = addDays(firstOfMonth(localDate), -1);
      return { from: firstOfMonth(last), to: lastOfMonth(last) };
    }
  }
}

/** True when a digest of this rhythm is posted on that date: every day, Monday to Friday, Mondays, or the first of a month. */
export function isPostingDay(every: Every, date: Day): boolean {
  switch (every) {
    case 'day':
      return true;
    case 'weekday':
      return weekdayOf(date) <= 5;
    case 'week':
      return weekdayOf(date) === 1;
    case 'month':
      return date === firstOfMonth(date);
  }
}

/** `Thu 19 Nov` or `16–18 Nov`. */
export function readablePeriod(period: Period): string {
  return period.from === period.to ? readableDay(period.from) : readableSpan(period.from, period.to);
}
