import { sql } from 'kysely';
import type { Day } from '../src/dates.js';
import type { Coverage, DayState } from '../src/sync/figure-store.js';
import { chunks, toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { isOneOf } from './is-one-of.js';

/** Days of each state in a window, an entry for every offer that was asked for. */
export async function measureCoverage(
  connection: Connection,
  offerIds: readonly number[],
  from: Day,
  to: Day,
): Promise<Coverage[]> {
  const covered = new Map<number, Coverage>();
  for (const ids of chunks(offerIds, 500)) {
    for (const { offerId, state, days, last } of await countDays(connection, ids, from, to)) {
      const known = covered.get(offerId) ?? nothing(offerId);
      const lastReported = state === 'reported' ? last : known.lastReported;
      covered.set(offerId, { ...known, [state]: days, lastReported });
    }
  }
  return offerIds.map((offerId) => covered.get(offerId) ?? nothing(offerId));
}

function nothing(offerId: number): Coverage {
  return { offerId, reported: 0, absent: 0, failed: 0, lastReported: null };
}

async function countDays(connection: Connection, offerIds: readonly number[], from: Day, to: Day) {
  const rows = await connection.lists(sql`
    select offer_id as offer, state, count(*) as days, max(day) as last from offer_days
    where ${isOneOf(connection.dialect, 'offer_id', offerIds)} and day >= ${from} and day <= ${to}
    group by offer_id, state`);
  return rows.map((row) => {
    const [offerId, state, days, last] = row as readonly [bigint, DayState, bigint, Day];
    return { offerId: toNumber(offerId), state, days: toNumber(days), last };
  });
}
