import { BetterSqlite, type SqliteHandle } from '../../db/better-sqlite.js';
import { columnOf } from '../../db/figure-columns.js';
import { migrate } from '../../db/migrate.js';
import { openSqlite } from '../../db/open-sqlite.js';
import { storesOn } from '../../db/stores.js';
import { addDays } from '../../src/dates.js';
import { figureFields } from '../../src/figures.js';
import { storeOffer } from '../support/stored.js';

/** Friday, nine in the morning in Malta; Thursday is the day told. */
export const readNow = '2026-11-20T08:00:00.000Z';
export const yesterday = '2026-11-19';

const daysOfOffer = 400;
const rowsOfDay = 4;
export const rowsOfOffer = daysOfOffer * rowsOfDay;

/** A database with this many offers of one channel and their rows; one row in 32 was changed once. */
export async function fillDatabase(file: string, offers: number): Promise<void> {
  const { connection, letGo } = openSqlite(file, {});
  await migrate(connection.db, 'sqlite');
  const stores = storesOn(connection);
  await stores.transaction(async (inside) => {
    for (let index = 0; index < offers; index += 1) {
      const marks = { fingerprint: `read-${index}`, tokenFingerprint: `token-${index}` };
      await storeOffer(inside, {
        ...marks,
        name: `Offer ${index}`,
        historyFrom: addDays(yesterday, 1 - daysOfOffer),
      });
    }
  });
  await connection.db.destroy();
  letGo();
  const handle = new BetterSqlite(file);
  handle.pragma('synchronous = off');
  handle.transaction(() => fillTables(handle))();
  handle.pragma('wal_checkpoint(truncate)');
  handle.close();
}

function fillTables(handle: SqliteHandle): void {
  const columns = figureFields.map(columnOf);
  const days = `with recursive
    numbers(n) as (select 0 union all select n + 1 from numbers where n < ${daysOfOffer - 1}),
    days(day, n) as (select date('${yesterday}', (n - ${daysOfOffer - 1}) || ' days'), n from numbers),
    kinds(kind) as (values (0), (1), (2), (3))`;
  handle.exec(`create temporary table load_days as ${days} select day, n from days`);
  handle.exec('create temporary table load_kinds as select 0 as kind union all values (1), (2), (3)');
  handle.exec(`insert into dimensions (offer_id, key, brand_id, brand, campaign_id, campaign, currency)
    select id, 'key ' || kind, '1', 'Lucky Star', kind, 'Campaign ' || kind, 'EUR'
    from offers cross join load_kinds order by id, kind`);
  handle.exec(`insert into offer_days (offer_id, day, state, first_reported_at, read_at, run_id)
    select id, day, 'reported', date(day, '1 day') || 'T08:00:00.000Z', date(day, '2 days') || 'T08:00:00.000Z', 1
    from offers cross join load_days order by id, n`);
  handle.exec(`insert into figures (offer_id, day, dimension_id, ${columns.join(', ')})
    select o.id, l.day, d.id, ${columns.map((_, index) => `(o.id * 7 + l.n * 3 + d.id + ${index}) % 90`).join(', ')}
    from offers o cross join load_days l cross join dimensions d on d.offer_id = o.id
    order by o.id, l.n, d.id`);
  handle.exec(`insert into figure_changes (offer_id, day, dimension_id, field, before, after, at, run_id)
    select offer_id, day, dimension_id, 'ngr', ngr - 1, ngr, date(day, '2 days') || 'T08:00:00.000Z', 1
    from figures where (offer_id + dimension_id * 5 + julianday(day)) % 32 = 0`);
}
