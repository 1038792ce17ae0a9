import { sql } from 'kysely';
import type { Day } from '../src/dates.js';
import type { FtdCount } from '../src/sync/figure-store.js';
import { toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { hot } from './hot.js';

const dayLength = 10;

/** Every row's day, dimension and FTD in one text, because every sync asks: rows of their own cost several times as much. */
const packedFtds = hot((db, offerId: bigint, from: Day, to: Day) =>
  db
    .selectFrom('figures')
    .select(
      sql<string | null>`string_agg(day || dimension_id || ':' || coalesce(cast(ftds as text), ''), ',')`.as(
        'packed',
      ),
    )
    .where('offerId', '=', offerId)
    .where('day', '>=', from)
    .where('day', '<=', to),
);

const campaigns = hot((db, offerId: bigint) =>
  db.selectFrom('dimensions').select(['id', 'campaign']).where('offerId', '=', offerId),
);

/** The FTD of an offer by day and campaign. */
export async function readFtds(
  connection: Connection,
  offerId: number,
  from: Day,
  to: Day,
): Promise<FtdCount[]> {
  const offer = BigInt(offerId);
  const [read, named] = await Promise.all([
    packedFtds(connection, offer, from, to),
    campaigns(connection, offer),
  ]);
  const packed = read[0]?.packed ?? null;
  if (packed === null) return [];
  const names = new Map(named.map(({ id, campaign }) => [String(id), campaign]));
  const counts = new Map<string, FtdCount>();
  for (const part of packed.split(',')) {
    const end = part.indexOf(':');
    const day = part.slice(0, dayLength);
    const campaign = names.get(part.slice(dayLength, end));
    if (end < 0 || campaign === undefined) throw new Error('stored FTD without their campaign');
    const ftds = end + 1 === part.length ? null : toNumber(BigInt(part.slice(end + 1)));
    const key = `${day}${campaign}`;
    const before = counts.get(key)?.ftds ?? null;
    counts.set(key, { day, campaign, ftds: ftds === null ? before : (before ?? 0) + ftds });
  }
  return [...counts.values()];
}
