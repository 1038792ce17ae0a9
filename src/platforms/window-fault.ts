import { addDays, type Day, isDay } from '../dates.js';

/** What is wrong with a window, as the end of "The dates do not work: …"; `null` when it can be asked for. */
export function windowFault(froms: readonly string[], tos: readonly string[], today: Day): string | null {
  for (const [key, values] of [
    ['from', froms],
    ['to', tos],
  ] as const) {
    if (new Set(values).size > 1) return `${key} is there more than once, with different days`;
    const [value = ''] = values;
    if (value !== '' && !isDay(value))
      return `"${value.slice(0, 20)}" in ${key} is not a day such as 2026-04-21`;
  }
  const [from = ''] = froms;
  const [to = ''] = tos;
  if (from !== '' && to !== '' && from > to) return `from (${from}) is after to (${to})`;
  // A day ahead may already be today where the person is.
  const late = [from, to].find((day) => day > addDays(today, 1));
  return late === undefined ? null : `${late} is in the future`;
}

/** The last 7 complete days. */
export function lastCompleteWeek(today: Day): { readonly from: Day; readonly to: Day } {
  return { from: addDays(today, -7), to: addDays(today, -1) };
}
