import type { Day } from '../src/dates.js';
import type { Coverage, DayState } from '../src/sync/figure-store.js';
import { chunks, toNumber } from './columns.js';
import type { Connection } from './connection.js';

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

async function countDays({ db }: Connection, offerIds: readonly number[], from: Day, to: Day) {
  const rows = await db
    .selectFrom('offerDays')
    .select(({ fn }) => ['offerId', 'state', fn.countAll<bigint>().as('days'), fn.max('day').as('last')])
    .where('offerId', 'in', offerIds.map(BigInt))
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy(['offerId', 'state'])
    .execute();
  return rows.map((row) => {
    const state: DayState = row.state;
    return { offerId: toNumber(row.offerId), state, days: toNumber(row.days), last: row.last };
  });
}
