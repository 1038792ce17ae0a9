import { sql } from 'kysely';
import type { Connection } from './connection.js';
import { isOneOf } from './is-one-of.js';

/** The offers that have had rows in one currency only, with it. Dimensions come to be added and never change theirs. */
export async function offersOfOneCurrency(
  connection: Connection,
  offerIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await connection.lists(sql`
    select offer_id as offer, min(currency) as lowest, max(currency) as highest
    from dimensions where ${isOneOf(connection.dialect, 'offer_id', offerIds)} group by offer_id`);
  const single = rows.filter(([, lowest, highest]) => lowest === highest);
  return new Map(single.map(([offerId, currency]) => [Number(offerId), currency as string]));
}
