import { type Day, daysBetween } from '../dates.js';
import type { SourceRows } from '../source-rows.js';
import type { Window } from './windows.js';

/**
 * What a good answer says about each day of its window. A day with rows is reported. A day without rows is a true zero only
 * when a later day has rows: the source had got past it. Otherwise it is absent: the source may not have it yet.
 */
export function dayStates(window: Window, { days }: SourceRows): Map<Day, 'reported' | 'absent'> {
  const last = days.reduce((latest, day) => (day > latest ? day : latest), '');
  return new Map(
    daysBetween(window.from, window.to).map((day) => [day, day <= last ? 'reported' : 'absent'] as const),
  );
}
