import { addDays, type Day } from '../dates.js';
import type { Core } from '../ports.js';
import { newestDay } from '../source-rows.js';
import type { WholeReport } from './read-report.js';
import type { Window } from './windows.js';

/**
 * The first day of which a report lacks all that it had before, up to the window's end; `null` where it ends as it did. A
 * text file that was cut at the end of a line shows nothing of it: the day before may lack rows too.
 */
export async function endsEarly(
  { stores }: Core,
  offerId: number,
  { from, to }: Window,
  { rows }: WholeReport,
): Promise<Day | null> {
  const newest = newestDay(rows);
  const next = newest === null ? from : addDays(newest, 1);
  if (next > to) return null;
  const days = await stores.figures.days(offerId, next, to);
  return days.find(({ state }) => state === 'reported')?.day ?? null;
}
