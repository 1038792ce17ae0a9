/**
 * The chance of a count as low as `observed` where `mean` is usual. `size` is the negative binomial's: the smaller,
 * the wilder the days; infinite gives Poisson.
 */
export function lowTail(observed: number, mean: number, size = Number.POSITIVE_INFINITY): number {
  if (mean <= 0) return 1;
  const poisson = !Number.isFinite(size);
  let logChance = poisson ? -mean : size * Math.log(size / (size + mean));
  let sum = 0;
  for (let count = 0; count <= observed; count += 1) {
    sum += Math.exp(logChance);
    const step = poisson ? mean / (count + 1) : ((size + count) / (count + 1)) * (mean / (size + mean));
    logChance += Math.log(step);
  }
  return Math.min(1, sum);
}

/** What is usual for one series of daily counts. */
export interface Usual {
  readonly mean: number;
  readonly size: number;
}

/**
 * What the last four weeks say about the same weekday: half the mean of all days, half that of the weekday's own, as
 * four weekdays alone say little. The spread beyond chance and the uncertainty of the mean both make the tail wider.
 */
export function usualFor(history: readonly number[], sameWeekday: readonly number[]): Usual {
  const mean = average(history);
  const variance = history.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (history.length - 1);
  const spread = variance > mean ? (variance - mean) / mean ** 2 : 0;
  const total = history.reduce((sum, count) => sum + count, 0);
  const blended = sameWeekday.length > 0 ? (mean + average(sameWeekday)) / 2 : mean;
  const uncertainty = 1 / Math.max(1, Math.min(total, 2 * sumOf(sameWeekday) || total));
  return { mean: blended, size: 1 / (spread + uncertainty) };
}

function average(counts: readonly number[]): number {
  return counts.length === 0 ? 0 : sumOf(counts) / counts.length;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
