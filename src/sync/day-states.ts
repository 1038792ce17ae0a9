import { type Day, daysBetween } from '../dates.js';
import type { SourceRow } from '../figures.js';
import type { Window } from './windows.js';

/**
 * What a good answer says about each day of its window. A day with rows is reported. A day without rows is a true zero only
 * when a later day has rows: the source had got past it. Otherwise it is absent: the source may not have it yet.
 */
export function dayStates(window: Window, rows: readonly SourceRow[]): Map<Day, 'reported' | 'absent'> {
  const withRows = new Set(rows.map((row) => row.day));
  const last = [...withRows].reduce((latest, day) => (day > latest ? day : latest), '');
  return new Map(
    daysBetween(window.from, window.to).map((day) => [day, day <= last ? 'reported' : 'absent'] as const),
  );
}
