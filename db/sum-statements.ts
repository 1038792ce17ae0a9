import { type RawBuilder, sql } from 'kysely';
import type { Day, Instant } from '../src/dates.js';
import { type FigureField, figureFields } from '../src/figures.js';
import type { GroupKey } from '../src/sync/figure-store.js';
import type { DialectName } from './connection.js';
import { columnOf } from './figure-columns.js';
import { isOneOf } from './is-one-of.js';

const groupColumns: Readonly<Record<GroupKey, string>> = {
  day: 'f.day',
  month: 'substr(f.day, 1, 7)',
  offer: 'f.offer_id',
  brand: 'd.brand',
  campaign: 'd.campaign',
};

/** What the statements that sum are made from. */
export interface StoredQuery {
  readonly offerIds: readonly number[];
  readonly from: Day;
  readonly to: Day;
  readonly by: readonly GroupKey[];
  readonly fields: readonly FigureField[];
  /** With the number of values beside each sum, which taking changes back needs to tell 0 from n/a. */
  readonly counted: boolean;
  /** Only days first reported by then. */
  readonly seenBy?: Instant;
}

/** `null` for a row without any figure, which is as good as none. */
const anyFigure = `coalesce(${figureFields.map((field) => `f.${columnOf(field)}`).join(', ')})`;

/** The statement that sums what is stored: keys, currency (unless told to leave it out), then the fields. */
export function storedSums(
  dialect: DialectName,
  query: StoredQuery,
  split: 'by currency' | 'no currency' = 'by currency',
): RawBuilder<unknown> {
  const sums = query.fields.map((field, index) => {
    const column = columnOf(field);
    return `sum(f.${column}) as sum${index}${query.counted ? `, count(f.${column}) as count${index}` : ''}`;
  });
  const byCurrency = split === 'by currency';
  const keys = query.by.map((key) => groupColumns[key]);
  const groups = byCurrency ? [...keys, 'd.currency'] : keys;
  const selected = [...groups.map((group, index) => `${group} as key${index}`), ...sums];
  return sql`
    select ${sql.raw(selected.join(', '))}
    from figures f ${sql.raw(byCurrency ? 'join dimensions d on d.id = f.dimension_id' : '')}
    where ${scope(dialect, query)}
    group by ${sql.raw(groups.join(', '))}
    ${query.counted ? sql`` : sql.raw(`having count(${anyFigure}) > 0`)}`;
}

/** The statement that sums what was changed after an instant, of days first reported by then. */
export function loggedChanges(dialect: DialectName, query: StoredQuery, after: Instant): RawBuilder<unknown> {
  const groups = [...query.by.map((key) => groupColumns[key]), 'd.currency', 'f.field'];
  const keys = groups.map((group, index) => `${group} as key${index}`);
  return sql`
    select ${sql.raw(keys.join(', '))}, sum(f.before) as sum_before, count(f.before) as count_before,
      sum(f.after) as sum_after, count(f.after) as count_after
    from figure_changes f join dimensions d on d.id = f.dimension_id
    where ${scope(dialect, { ...query, seenBy: after })} and f.at > ${after}
      and f.field in (${sql.join(query.fields)})
    group by ${sql.raw(groups.join(', '))}`;
}

/** Offers and days come first in the primary key. */
function scope(dialect: DialectName, { offerIds, from, to, seenBy }: StoredQuery): RawBuilder<unknown> {
  const within = sql`${isOneOf(dialect, 'f.offer_id', offerIds)} and f.day >= ${from} and f.day <= ${to}`;
  if (seenBy === undefined) return within;
  return sql`${within} and exists (
    select 1 from offer_days o
    where o.offer_id = f.offer_id and o.day = f.day and o.first_reported_at <= ${seenBy})`;
}
