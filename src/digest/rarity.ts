import { readableCount } from '../reports/figure-value.js';

const fewestSamples = 3;
const rareFrom = 1 / 20;
const rarest = 10_000;

/**
 * How likely so small a count is, given the counts of comparable days: the Poisson tail around their mean, or the
 * negative binomial tail where they scatter more than Poisson counts do. `null` with too few days, or when it is no drop.
 */
export function dropProbability(count: number, samples: readonly number[]): number | null {
  if (samples.length < fewestSamples) return null;
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  if (count >= mean) return null;
  const scatter = samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0) / (samples.length - 1);
  return scatter > mean ? negativeBinomialTail(count, mean, scatter) : poissonTail(count, mean);
}

/** `rare: 1 in 150`, or `null` for what happens more often than once in twenty days. */
export function rarityText(count: number, samples: readonly number[]): string | null {
  const probability = dropProbability(count, samples);
  if (probability === null || probability > rareFrom) return null;
  if (probability < 1 / rarest) return `rare: less than 1 in ${readableCount(rarest)}`;
  return `rare: 1 in ${readableCount(Number((1 / probability).toPrecision(2)))}`;
}

function poissonTail(count: number, mean: number): number {
  return tail(count, -mean, (next) => Math.log(mean / next));
}

function negativeBinomialTail(count: number, mean: number, variance: number): number {
  const size = mean ** 2 / (variance - mean);
  const share = mean / (mean + size);
  return tail(count, size * Math.log(1 - share), (next) => Math.log(((next - 1 + size) / next) * share));
}

/** Adds the probabilities of 0…count, each got from the one before in logarithms so that large means do not vanish. */
function tail(count: number, logOfNone: number, logStep: (next: number) => number): number {
  let log = logOfNone;
  let sum = Math.exp(log);
  for (let next = 1; next <= count; next += 1) {
    log += logStep(next);
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}
