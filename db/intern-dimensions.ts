import { type Dimension, dimensionKey } from '../src/figures.js';
import { dayAt, type SourceRows } from '../src/source-rows.js';
import { chunks, toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { hot } from './hot.js';

const dimensionsOf = hot((db, offerId: bigint) =>
  db.selectFrom('dimensions').selectAll().where('offerId', '=', offerId),
);

const addDimension = hot(
  (
    db,
    offerId: number,
    key: string,
    brandId: string,
    brand: string,
    campaignId: string,
    campaign: string,
    currency: string,
  ) =>
    db
      .insertInto('dimensions')
      .values({ offerId, key, brandId, brand, campaignId, campaign, currency })
      .returning('id'),
);

/** One statement for many takes longer to build than these take by themselves. */
const mostOneByOne = 8;

/** Gives each of `rows.dimensions` its id in this offer; adds the new ones, and follows names that changed. */
export async function internDimensions(
  connection: Connection,
  offerId: number,
  rows: SourceRows,
): Promise<readonly number[]> {
  const { db } = connection;
  const keys = rows.dimensions.map(dimensionKey);
  const wanted = latestNames(rows, keys);
  const offer = BigInt(offerId);
  const stored = await dimensionsOf(connection, offer);
  const ids = new Map(stored.map((row) => [row.key, toNumber(row.id)]));

  const added = [...wanted].filter(([key]) => !ids.has(key));
  const few = added.length <= mostOneByOne ? added : [];
  // Together: on Postgres they go in one writing.
  const ready = few.map(async ([key, { brandId, brand, campaignId, campaign, currency }]) => {
    const texts = [brandId, brand, campaignId, campaign, currency] as const;
    const [row] = await addDimension(connection, offerId, key, ...texts);
    if (row) ids.set(key, toNumber(row.id));
  });
  await Promise.all(ready);
  for (const chunk of chunks(few.length > 0 ? [] : added, 100)) {
    const inserted = await db
      .insertInto('dimensions')
      .values(
        chunk.map(([key, { brandId, brand, campaignId, campaign, currency }]) => {
          return { offerId, key, brandId, brand, campaignId, campaign, currency };
        }),
      )
      .returning(['key', 'id'])
      .execute();
    for (const { key, id } of inserted) ids.set(key, toNumber(id));
  }

  const brands = new Map<string, string>();
  for (const row of stored) {
    const now = wanted.get(row.key);
    if (!now) continue;
    if (now.campaign !== row.campaign) {
      await db.updateTable('dimensions').set({ campaign: now.campaign }).where('id', '=', row.id).execute();
    }
    if (now.brand !== row.brand) brands.set(row.brandId, now.brand);
  }
  // Campaigns that are no longer in the report keep their brand, so they follow its name too.
  for (const [brandId, brand] of brands) {
    await db
      .updateTable('dimensions')
      .set({ brand })
      .where('offerId', '=', offer)
      .where('brandId', '=', brandId)
      .execute();
  }
  return keys.map((key) => {
    const id = ids.get(key);
    if (id === undefined) throw new Error('a dimension without its id');
    return id;
  });
}

/** Names change in the middle of a window: the latest day's count. */
function latestNames(rows: SourceRows, keys: readonly string[]): Map<string, Dimension> {
  const lastDays = rows.dimensions.map(() => '');
  for (let row = 0; row < rows.length; row += 1) {
    const place = rows.dimensionPlaces[row] ?? 0;
    const day = dayAt(rows, row);
    if (day > (lastDays[place] ?? '')) lastDays[place] = day;
  }
  const latest = new Map<string, { readonly dimension: Dimension; readonly day: string }>();
  for (const [place, dimension] of rows.dimensions.entries()) {
    const key = keys[place] ?? '';
    const day = lastDays[place] ?? '';
    if (day > (latest.get(key)?.day ?? '')) latest.set(key, { dimension, day });
  }
  return new Map([...latest].map(([key, { dimension }]) => [key, dimension]));
}
