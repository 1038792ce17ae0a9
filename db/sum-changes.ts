import { sql } from 'kysely';
import type { Day, Instant } from '../src/dates.js';
import type { FigureField } from '../src/figures.js';
import type { ChangeSum } from '../src/sync/figure-store.js';
import { chunks, toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { isOneOf } from './is-one-of.js';

/** Changes after `since` up to and with `until`; what was taken back again meanwhile is left out. */
export async function sumChanges(
  connection: Connection,
  offerIds: readonly number[],
  since: Instant,
  until: Instant,
): Promise<ChangeSum[]> {
  const sums: ChangeSum[] = [];
  for (const ids of chunks(offerIds, 500)) {
    const rows = await connection.lists(sql`
      select c.offer_id as offer, c.day as day, d.currency as currency, c.field as field,
        sum(c.before) as sum_before, sum(c.after) as sum_after
      from figure_changes c join dimensions d on d.id = c.dimension_id
      where ${isOneOf(connection.dialect, 'c.offer_id', ids)} and c.at > ${since} and c.at <= ${until}
      group by c.offer_id, c.day, d.currency, c.field
      order by c.offer_id, c.day, d.currency, c.field`);
    for (const row of rows) {
      const [offerId, day, currency, field, before, after] = row as ChangeList;
      const difference = (after ?? 0n) - (before ?? 0n);
      if (difference !== 0n) sums.push({ offerId: toNumber(offerId), day, currency, field, difference });
    }
  }
  return sums;
}

type ChangeList = readonly [bigint, Day, string, FigureField, bigint | null, bigint | null];
