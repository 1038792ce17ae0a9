import { sql } from 'kysely';
import type { Day, Instant } from '../src/dates.js';
import type { FigureField } from '../src/figures.js';
import type { DayRecord, DayRecords, LastChange } from '../src/sync/figure-store.js';
import { chunks, toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { hot } from './hot.js';
import { isOneOf } from './is-one-of.js';
import { calendarOf, packedDay, unpackDays, unpackRecords } from './packed-days.js';

const offersAtOnce = 500;

/** The days of many offers, an entry for every offer that was asked for. */
export async function readDays(
  connection: Connection,
  offerIds: readonly number[],
  from: Day,
  to: Day,
): Promise<ReadonlyMap<number, DayRecords>> {
  const calendar = calendarOf(from, to);
  const nothing = unpackDays('', calendar);
  const found = new Map<number, DayRecords>(offerIds.map((id) => [id, nothing]));
  for (const ids of chunks(offerIds, offersAtOnce)) {
    const rows = await connection.lists(sql`
      select offer_id as offer, string_agg(${sql.raw(packedDay)}, '') as days from offer_days
      where ${isOneOf(connection.dialect, 'offer_id', ids)} and day >= ${from} and day <= ${to}
      group by offer_id`);
    for (const [offerId, days] of rows) found.set(Number(offerId), unpackDays(days as string, calendar));
  }
  return found;
}

const packedDays = hot((db, offerId: bigint, from: Day, to: Day) =>
  db
    .selectFrom('offerDays')
    .select(sql<string | null>`string_agg(${sql.raw(packedDay)}, '')`.as('packed'))
    .where('offerId', '=', offerId)
    .where('day', '>=', from)
    .where('day', '<=', to),
);

/** The days of one offer, in the order of the calendar. */
export async function readDaysOf(
  connection: Connection,
  offerId: number,
  from: Day,
  to: Day,
): Promise<readonly DayRecord[]> {
  const [row] = await packedDays(connection, BigInt(offerId), from, to);
  return unpackRecords(row?.packed ?? '');
}

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
