import type { Day } from '../../dates.js';
import { firstValueOf, setParameter, valuesOf } from '../../links/query.js';
import type { Mended, ReportAccess } from '../platform.js';
import { lastCompleteWeek, windowFault } from '../window-fault.js';
import { asksForDownload } from './url.js';

function setDates(url: string, today: Day): string {
  const complete = firstValueOf(url, 'from') !== null && firstValueOf(url, 'to') !== null;
  if (complete && windowFault(valuesOf(url, 'from'), valuesOf(url, 'to'), today) === null) return url;
  const week = lastCompleteWeek(today);
  return setParameter(setParameter(url, 'from', week.from), 'to', week.to);
}

/** Mends all that a ReferOn URL decides by itself: dates and the download flag. Preset and token stay the person's. */
export function mendReferon(access: ReportAccess, today: Day): Mended {
  const changes: string[] = [];
  const week = lastCompleteWeek(today);
  const dated = setDates(access.url, today);
  if (dated !== access.url) changes.push(`Set the dates to ${week.from} – ${week.to}.`);
  const url = asksForDownload(dated) ? dated : setParameter(dated, 'download', 'true');
  if (url !== dated) changes.push('Set download to true.');
  return { url, changes };
}
