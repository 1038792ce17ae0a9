import type { Workspace } from '../access/workspace.js';
import { addDays, clockTimeIn, dayIn, type Instant, localInstant } from '../dates.js';

/**
 * The earliest instant at which an alert may be sent: `now`, or the end of the quiet hours that `now` lies in.
 * Local clock times decide, so a night in which the clock changes is quiet until the same local time.
 */
export function afterQuietHours(
  workspace: Pick<Workspace, 'timeZone' | 'quietFrom' | 'quietTo'>,
  now: Instant,
): Instant {
  const { timeZone, quietFrom, quietTo } = workspace;
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return now;
  const time = clockTimeIn(timeZone, now);
  const overnight = quietFrom > quietTo;
  const isQuiet = overnight ? time >= quietFrom || time < quietTo : time >= quietFrom && time < quietTo;
  if (!isQuiet) return now;
  const today = dayIn(timeZone, now);
  const endDay = overnight && time >= quietFrom ? addDays(today, 1) : today;
  const end = localInstant(endDay, quietTo, timeZone);
  return end > now ? end : now;
}
