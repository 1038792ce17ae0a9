import type { SqliteHandle } from '../../db/better-sqlite.js';
import { addDays } from '../../src/dates.js';
import { yesterday } from './read-load.js';

const sums =
  'sum(f.clicks), sum(f.registrations), sum(f.ftds), sum(f.ftd_amount), sum(f.deposits), sum(f.ngr), sum(f.commission)';

/** Figures by offer and currency of 30 days. */
export function bareReport(handle: SqliteHandle): unknown[] {
  return handle
    .prepare(
      `select o.id, d.currency, ${sums}
       from offers o cross join figures f on f.offer_id = o.id and f.day >= ? and f.day <= ?
       join dimensions d on d.id = f.dimension_id
       where o.workspace = 'slack:T1' group by o.id, d.currency`,
    )
    .all(addDays(yesterday, -29), yesterday);
}

/** Figures by offer and currency of one day. */
export function bareList(handle: SqliteHandle): unknown[] {
  return handle
    .prepare(
      `select o.id, o.name, o.state, o.last_good_sync_at, d.currency, sum(f.ftds), sum(f.ngr)
       from offers o cross join figures f on f.offer_id = o.id and f.day = ?
       join dimensions d on d.id = f.dimension_id
       where o.workspace = 'slack:T1' group by o.id, d.currency`,
    )
    .all(yesterday);
}

/**
 * What a digest sets side by side: yesterday, the same day of four weeks, the month and the last one to the same day,
 * and 30 days for the chart; all as they stand now.
 */
export function bareDigest(handle: SqliteHandle): unknown[] {
  const days = [0, 7, 14, 21, 28].map((back) => `f.day = '${addDays(yesterday, -back)}'`);
  const windows = [
    ...days,
    "f.day >= '2026-11-01'",
    "f.day <= '2026-10-19'",
    `f.day > '${addDays(yesterday, -30)}'`,
  ];
  const columns = windows.flatMap((window) =>
    ['clicks', 'registrations', 'ftds', 'ngr', 'commission'].map(
      (column) => `sum(f.${column}) filter (where ${window})`,
    ),
  );
  return handle
    .prepare(
      `select o.id, d.currency, ${columns.join(', ')}
       from offers o cross join figures f on f.offer_id = o.id and f.day >= ? and f.day <= ?
       join dimensions d on d.id = f.dimension_id
       where o.workspace = 'slack:T1' group by o.id, d.currency`,
    )
    .all('2026-10-01', yesterday);
}
