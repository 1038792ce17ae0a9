import { type Day, daysApart, weekdayOf } from '../../src/dates.js';
import type { Campaign } from './catalogue.js';
import { decimalsOf, unitsPerEuro } from './currencies.js';
import { randomFrom } from './random.js';

/** What a day comes to when nothing more arrives and nothing is taken back. Money in the currency's smallest units. */
export interface DayFigures {
  readonly clicks: number;
  readonly registrations: number;
  readonly ftds: number;
  readonly depositors: number;
  readonly prequalified: number;
  readonly qualified: number;
  readonly ftdAmount: bigint;
  readonly deposits: bigint;
  readonly ngr: bigint;
}

const nothing: DayFigures = {
  clicks: 0,
  registrations: 0,
  ftds: 0,
  depositors: 0,
  prequalified: 0,
  qualified: 0,
  ftdAmount: 0n,
  deposits: 0n,
  ngr: 0n,
};

/** Monday to Sunday: the weekend is strong. */
const weekdayRhythm = [0.9, 0.86, 0.88, 0.95, 1.1, 1.22, 1.15] as const;
const growthStart = '2025-01-01';
const growthPerDay = 0.0006;

export function euroInUnits(euro: number, currency: string): bigint {
  return BigInt(Math.round(euro * unitsPerEuro(currency) * 10 ** decimalsOf(currency)));
}

/** The made-up truth about one day of one campaign in one currency, from its key alone. */
export function dayFigures(
  key: readonly string[],
  day: Day,
  campaign: Campaign,
  currency: string,
): DayFigures {
  const random = randomFrom('day', ...key, day);
  if (random.chance(0.02)) return nothing;
  const rhythm = weekdayRhythm[weekdayOf(day) - 1] ?? 1;
  const growth = 1 + growthPerDay * Math.max(0, daysApart(growthStart, day));
  const audience = currency === 'EUR' ? 1 : 0.3;
  const expected = campaign.size * rhythm * growth * audience;
  const part = (of: number, share: number) => Math.min(of, Math.floor(of * share + random.next()));
  const clicks = Math.floor(expected * random.between(0.75, 1.25) + random.next());
  const registrations = part(clicks, random.between(0.1, 0.18));
  const ftds = part(registrations, random.between(0.22, 0.38));
  const prequalified = part(ftds, 0.85);
  const qualified = part(prequalified, 0.75);
  const depositors = ftds + Math.floor(expected * 0.06 * random.between(0.6, 1.4) + random.next());
  const perDeposit = random.between(35, 140);
  const deposited = depositors * perDeposit * random.between(1.2, 2.4);
  return {
    clicks,
    registrations,
    ftds,
    depositors,
    prequalified,
    qualified,
    ftdAmount: euroInUnits(Math.min(deposited, ftds * random.between(20, 90)), currency),
    deposits: euroInUnits(deposited, currency),
    ngr: euroInUnits(deposited * (0.32 + 0.3 * random.bell()), currency),
  };
}
