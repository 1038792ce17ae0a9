import { addDays, type Day } from '../src/dates.js';

/** Days that follow one another, each as one stretch. */
export function stretchesOf(days: readonly Day[]): { readonly from: Day; readonly to: Day }[] {
  const stretches: { readonly from: Day; to: Day }[] = [];
  for (const day of [...days].sort()) {
    const last = stretches.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else stretches.push({ from: day, to: day });
  }
  return stretches;
}
