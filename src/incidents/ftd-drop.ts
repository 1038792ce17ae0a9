import { addDays, type Day, daysBetween, weekdayOf } from '../dates.js';
import { lowTail, usualFor } from './rarity.js';

/** A day is judged when it is this old: sources fill up for a day or more. */
export const fullAfterDays = 3;
export const historyDays = 28;
const fewestDays = 14;
/** One false alarm in a thousand days of one offer. */
const dropChance = 1 / 1000;
const backToUsualChance = 1 / 50;

/** FTD by day of one campaign (or of the whole offer, with an empty name); only reported days are in it. */
export interface FtdSeries {
  readonly campaign: string;
  readonly ftds: ReadonlyMap<Day, number>;
}

export interface FtdDrop {
  readonly campaign: string;
  readonly day: Day;
  readonly ftds: number;
  readonly usual: number;
  readonly chance: number;
}

/**
 * Judges one day of an offer by how rare its FTD are for each campaign and for the whole, never by a percentage.
 * The campaigns share one chance of a false alarm. `drop` is the rarest; `usual` means that nothing is even unusual.
 */
export function judgeFtds(
  series: readonly FtdSeries[],
  day: Day,
): { readonly drop: FtdDrop | null; readonly usual: boolean } {
  const campaigns = series.filter((one) => one.campaign !== '').length;
  const history = daysBetween(addDays(day, -historyDays), addDays(day, -1));
  const sameWeekday = new Set(history.filter((past) => weekdayOf(past) === weekdayOf(day)));
  let drop: FtdDrop | null = null;
  let usual = true;
  for (const one of series) {
    const judged = judgeDay(one, day, history, sameWeekday);
    if (judged === null) continue;
    if (judged.chance < backToUsualChance) usual = false;
    const limit = one.campaign === '' ? dropChance : dropChance / campaigns;
    if (judged.chance < limit && (drop === null || judged.chance < drop.chance)) drop = judged;
  }
  return { drop, usual };
}

function judgeDay(
  series: FtdSeries,
  day: Day,
  history: readonly Day[],
  sameWeekday: ReadonlySet<Day>,
): FtdDrop | null {
  const ftds = series.ftds.get(day);
  if (ftds === undefined) return null;
  const counts: number[] = [];
  const countsOfWeekday: number[] = [];
  for (const past of history) {
    const count = series.ftds.get(past);
    if (count === undefined) continue;
    counts.push(count);
    if (sameWeekday.has(past)) countsOfWeekday.push(count);
  }
  if (counts.length < fewestDays) return null;
  const { mean, size } = usualFor(counts, countsOfWeekday);
  return { campaign: series.campaign, day, ftds, usual: mean, chance: lowTail(ftds, mean, size) };
}
