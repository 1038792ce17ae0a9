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

const hasFigures = sql.raw(`having count(${anyFigure}) > 0`);

/** What is stored, by group and currency, as a `Total` is laid out. */
export function storedSums(dialect: DialectName, query: StoredQuery): RawBuilder<unknown> {
  const keys = [...query.by.map((key) => groupColumns[key]), 'd.currency'];
  return sql`
    select ${listed(keys, aggregates(query))}
    from figures f join dimensions d on d.id = f.dimension_id
    where ${scope(dialect, query)}
    group by ${sql.raw(keys.join(', '))}
    ${query.counted ? sql`` : hasFigures}`;
}

/** The same for offers with one currency, which is left empty: each row's need not be looked up. */
export function plainSums(dialect: DialectName, query: StoredQuery): RawBuilder<unknown> {
  const keys = query.by.map((key) => groupColumns[key]);
  return sql`
    select ${listed([...keys, 'null'], aggregates(query))}
    from figures f
    where ${scope(dialect, query)}
    group by ${sql.raw(keys.join(', '))}
    ${query.counted ? sql`` : hasFigures}`;
}

/** The same by day over all offers. Summed by offer first, which is the order in which the rows lie. */
export function plainSumsOfDays(dialect: DialectName, query: StoredQuery): RawBuilder<unknown> {
  const ofOffers = plainSums(dialect, { ...query, by: ['day', 'offer'] });
  const values = aggregates(query).map((_, index) => `sum(value${index})`);
  return sql`select ${listed(['key0', 'null'], values)} from (${ofOffers}) as days group by key0`;
}

/**
 * The rows of days as they are stored, laid out as a `Total` without its counts, and with the dimension in the place of
 * the currency; of the other keys only the day is there, where it is not the same all through.
 */
export function storedRows(dialect: DialectName, query: StoredQuery): RawBuilder<unknown> {
  const isOneDay = query.from === query.to;
  const keys = query.by.map((key) => (key === 'day' && !isOneDay ? groupColumns[key] : 'null'));
  const columns = query.fields.map((field) => `f.${columnOf(field)}`);
  return sql`
    select ${listed([...keys, 'f.dimension_id'], columns)}
    from figures f
    where ${scope(dialect, query)} ${query.counted ? sql`` : sql.raw(`and ${anyFigure} is not null`)}`;
}

function aggregates({ fields, counted }: StoredQuery): string[] {
  const columns = fields.map((field) => `f.${columnOf(field)}`);
  const counts = counted ? columns.map((column) => `count(${column})`) : [];
  return [...columns.map((column) => `sum(${column})`), ...counts];
}

function listed(keys: readonly string[], values: readonly string[]): RawBuilder<unknown> {
  const named = [
    ...keys.map((key, index) => `${key} as key${index}`),
    ...values.map((value, index) => `${value} as value${index}`),
  ];
  return sql.raw(named.join(', '));
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
