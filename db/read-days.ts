import { sql } from 'kysely';
import type { Day, Instant } from '../src/dates.js';
import type { FigureField } from '../src/figures.js';
import type { DayRecord, DayState, LastChange } from '../src/sync/figure-store.js';
import { chunks, toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { isOneOf } from './is-one-of.js';

const offersAtOnce = 500;

/** The days of many offers, an entry for every offer that was asked for, each in the order of the calendar. */
export async function readDays(
  connection: Connection,
  offerIds: readonly number[],
  from: Day,
  to: Day,
): Promise<ReadonlyMap<number, readonly DayRecord[]>> {
  const found = new Map<number, DayRecord[]>(offerIds.map((id) => [id, []]));
  for (const ids of chunks(offerIds, offersAtOnce)) {
    const rows = await connection.lists(sql`
      select offer_id as offer, day, state, first_reported_at, read_at from offer_days
      where ${isOneOf(connection.dialect, 'offer_id', ids)} and day >= ${from} and day <= ${to}
      order by offer_id, day`);
    for (const row of rows) {
      const [offerId, day, state, firstReportedAt, readAt] = row as DayList;
      found.get(Number(offerId))?.push({ day, state, firstReportedAt, readAt });
    }
  }
  return found;
}

type DayList = readonly [bigint, Day, DayState, Instant | null, Instant | null];

/** When each of these figures last changed on each day. */
export async function readLastChanges(
  connection: Connection,
  offerIds: readonly number[],
  from: Day,
  to: Day,
  fields: readonly FigureField[],
): Promise<LastChange[]> {
  const found: LastChange[] = [];
  for (const ids of chunks(offerIds, offersAtOnce)) {
    const rows = await connection.lists(sql`
      select offer_id as offer, day, field, max(at) as last from figure_changes
      where ${isOneOf(connection.dialect, 'offer_id', ids)} and day >= ${from} and day <= ${to}
        and field in (${sql.join(fields)})
      group by offer_id, day, field order by offer_id, day, field`);
    for (const row of rows) {
      const [offerId, day, field, at] = row as readonly [bigint, Day, FigureField, Instant];
      found.push({ offerId: toNumber(offerId), day, field, at });
    }
  }
  return found;
}
