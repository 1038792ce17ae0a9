import type { Instant } from '../src/dates.js';
import type { ChangeSum } from '../src/sync/figure-store.js';
import { chunks, toNumber } from './columns.js';
import type { Connection } from './connection.js';

/** Changes after `since` up to and with `until`; what was taken back again meanwhile is left out. */
export async function sumChanges(
  { db }: Connection,
  offerIds: readonly number[],
  since: Instant,
  until: Instant,
): Promise<ChangeSum[]> {
  const sums: ChangeSum[] = [];
  for (const ids of chunks(offerIds, 500)) {
    const rows = await db
      .selectFrom('figureChanges as change')
      .innerJoin('dimensions', 'dimensions.id', 'change.dimensionId')
      .select(({ fn }) => [
        'change.offerId',
        'change.day',
        'dimensions.currency',
        'change.field',
        fn.sum<bigint | null>('change.before').as('before'),
        fn.sum<bigint | null>('change.after').as('after'),
      ])
      .where('change.offerId', 'in', ids.map(BigInt))
      .where('change.at', '>', since)
      .where('change.at', '<=', until)
      .groupBy(['change.offerId', 'change.day', 'dimensions.currency', 'change.field'])
      .orderBy('change.offerId')
      .orderBy('change.day')
      .orderBy('dimensions.currency')
      .orderBy('change.field')
      .execute();
    for (const { before, after, offerId, ...group } of rows) {
      const difference = (after ?? 0n) - (before ?? 0n);
      if (difference !== 0n) sums.push({ ...group, offerId: toNumber(offerId), difference });
    }
  }
  return sums;
}
