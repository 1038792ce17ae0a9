import { type Day, fromInstant, type Instant } from '../dates.js';
import type { Stores } from '../ports.js';
import type { Receipt } from './incident.js';

/** The window that one offer's recovering run has read. */
export interface ReadAgain {
  readonly offerId: number;
  readonly from: Day;
  readonly to: Day;
}

/**
 * What changed in FTD and NGR since `since`: the logged changes of days that were known before, and the whole of the
 * days that first came in since then.
 */
export async function buildReceipt(
  { figures }: Pick<Stores, 'figures'>,
  read: readonly ReadAgain[],
  days: readonly Day[],
  since: Instant,
  now: Instant,
): Promise<Omit<Receipt, 'lastedMs'>> {
  const changed = new Map<string, { ftds: number; ngr: bigint }>();
  const add = (currency: string, ftds: number, ngr: bigint) => {
    const sum = changed.get(currency) ?? { ftds: 0, ngr: 0n };
    changed.set(currency, { ftds: sum.ftds + ftds, ngr: sum.ngr + ngr });
  };
  const newDays = new Set<string>();
  for (const { offerId, from, to } of read) {
    for (const record of await figures.days(offerId, from, to)) {
      if (isNew(record.firstReportedAt, since)) newDays.add(`${offerId} ${record.day}`);
    }
    const sums = await figures.sums({ offerIds: [offerId], from, to, by: ['day'] });
    for (const sum of sums) {
      if (!newDays.has(`${offerId} ${sum.day}`)) continue;
      add(sum.currency, sum.figures.ftds ?? 0, sum.figures.ngr ?? 0n);
    }
  }
  const offerIds = read.map((one) => one.offerId);
  for (const sum of await figures.changeSums(offerIds, since, now)) {
    if (newDays.has(`${sum.offerId} ${sum.day}`)) continue;
    if (sum.field === 'ftds') add(sum.currency, Number(sum.difference), 0n);
    if (sum.field === 'ngr') add(sum.currency, 0, sum.difference);
  }
  return {
    days,
    changed: [...changed]
      .filter(([, sum]) => sum.ftds !== 0 || sum.ngr !== 0n)
      .map(([currency, sum]) => ({ currency, ftds: sum.ftds, ngr: sum.ngr.toString() }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  };
}

function isNew(firstReportedAt: Instant | null, since: Instant): boolean {
  return firstReportedAt !== null && fromInstant(firstReportedAt) >= fromInstant(since);
}
