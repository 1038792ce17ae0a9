import { sql } from 'kysely';
import type { Connection } from './connection.js';
import { isOneOf } from './is-one-of.js';

/** What tells rows apart, as people read it. */
export interface NamedDimension {
  readonly offerId: bigint;
  readonly brand: string;
  readonly campaign: string;
  readonly currency: string;
}

/** The dimensions of offers by their id as it is stored. */
export async function namedDimensions(
  connection: Connection,
  offerIds: readonly number[],
): Promise<ReadonlyMap<unknown, NamedDimension>> {
  const rows = await connection.lists(sql`
    select id, offer_id as offer, brand, campaign, currency
    from dimensions where ${isOneOf(connection.dialect, 'offer_id', offerIds)}`);
  return new Map(
    rows.map((row) => {
      const [id, offerId, brand, campaign, currency] = row as readonly [
        bigint,
        bigint,
        string,
        string,
        string,
      ];
      return [id, { offerId, brand, campaign, currency }];
    }),
  );
}
