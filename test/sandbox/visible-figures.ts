import type { Day, Instant } from '../../src/dates.js';
import { fromInstant } from '../../src/dates.js';
import type { BookFigures } from './book-row.js';
import type { Campaign } from './catalogue.js';
import { divide, fromUnits } from './currencies.js';
import { type DayFigures, dayFigures, euroInUnits } from './day-figures.js';
import { randomFrom } from './random.js';

const hour = 3_600_000;

/** Hours after a day's end until the last of it has arrived. */
const arrival = {
  clicks: 0,
  registrations: 6,
  deposits: 12,
  ftds: 18,
  ngr: 30,
  prequalified: 36,
  qualified: 48,
};

/** From this age in hours on, nothing changes any more. */
export const settledAge = 240;

/** Something taken back or corrected later; hours count from the start of the day. */
interface Restatement {
  readonly afterHours: number;
  readonly ftds: number;
  readonly ngr: bigint;
}

/** Whole hours since the day began in UTC: the books are brought up to date on the hour. */
export function ageInHours(day: Day, now: Instant): number {
  return Math.floor((fromInstant(now) - fromInstant(`${day}T00:00:00.000Z`)) / hour);
}

/** The age at which a brand's day first shows: one hour, or for a late day some hour of the next one. */
export function firstShown(seed: string, brandId: string, day: Day): number {
  const random = randomFrom('late', seed, brandId, day);
  return random.chance(0.04) ? 24 + random.whole(2, 16) : 1;
}

function restatements(key: readonly string[], day: Day, whole: DayFigures): readonly Restatement[] {
  const random = randomFrom('restated', ...key, day);
  const found: Restatement[] = [];
  if (whole.ftds > 0 && random.chance(0.12)) {
    const share = BigInt(random.whole(4, 15));
    found.push({
      afterHours: random.whole(72, settledAge),
      ftds: -1,
      ngr: -((whole.deposits * share) / 100n),
    });
  }
  if (random.chance(0.2)) {
    const share = BigInt(random.whole(-6, 6));
    found.push({ afterHours: random.whole(54, 168), ftds: 0, ngr: (whole.ngr * share) / 100n });
  }
  return found;
}

/** A day as the books show it at `now`: filled up so far, and restated since. */
export function visibleFigures(
  key: readonly string[],
  day: Day,
  campaign: Campaign,
  currency: string,
  now: Instant,
): BookFigures {
  const whole = dayFigures(key, day, campaign, currency);
  const age = ageInHours(day, now);
  const count = (of: number, lag: number) => Math.floor((of * Math.min(age, 24 + lag)) / (24 + lag));
  const money = (of: bigint, lag: number) => (of * BigInt(Math.min(age, 24 + lag))) / BigInt(24 + lag);
  const known = restatements(key, day, whole).filter((one) => age >= one.afterHours);
  const gone = known.reduce((sum, one) => sum - one.ftds, 0);
  const ngr = known.reduce((sum, one) => sum + one.ngr, money(whole.ngr, arrival.ngr));
  const ftds = count(whole.ftds, arrival.ftds) - gone;
  const qualified = Math.min(count(whole.qualified, arrival.qualified), ftds);
  const arrivedFtdAmount = money(whole.ftdAmount, arrival.ftds);
  const ftdAmount =
    gone === 0 ? arrivedFtdAmount : (arrivedFtdAmount * BigInt(ftds)) / BigInt(Math.max(1, ftds + gone));
  const cpaIncome = BigInt(qualified) * euroInUnits(campaign.cpa, currency);
  const commission = divide(ngr * BigInt(campaign.share), 100n) + cpaIncome;
  return {
    clicks: count(whole.clicks, arrival.clicks),
    registrations: count(whole.registrations, arrival.registrations),
    ftds,
    depositors: count(whole.depositors, arrival.deposits),
    prequalified: Math.min(count(whole.prequalified, arrival.prequalified), ftds),
    qualified,
    ftdAmount: fromUnits(ftdAmount, currency),
    deposits: fromUnits(money(whole.deposits, arrival.deposits), currency),
    ngr: fromUnits(ngr, currency),
    commission: fromUnits(commission, currency),
    cpaIncome: fromUnits(cpaIncome, currency),
  };
}
