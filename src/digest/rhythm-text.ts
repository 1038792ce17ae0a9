import type { DigestSchedule, Every } from './schedule.js';

/** `every day at 09:00`. */
export function rhythmText({ every, at }: Pick<DigestSchedule, 'every' | 'at'>): string {
  const words: Readonly<Record<Every, string>> = {
    day: 'every day',
    weekday: 'from Monday to Friday',
    week: 'every Monday',
    month: 'on the first of every month',
  };
  return `${words[every]} at ${at}`;
}
