import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../src/dates.js';
import { type FigureField, figureFields } from '../src/figures.js';
import type { GroupKey, SumQuery, SumRow } from '../src/sync/figure-store.js';
import { chunks, toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { figureColumns, toFigures } from './figure-columns.js';

const groupColumns: Readonly<Record<GroupKey, string>> = {
  day: 'f.day',
  month: 'substr(f.day, 1, 7)',
  offer: 'f.offer_id',
  brand: 'd.brand',
  campaign: 'd.campaign',
};

interface Group {
  readonly day?: string;
  readonly month?: string;
  readonly offer?: bigint;
  readonly brand?: string;
  readonly campaign?: string;
  readonly currency: string;
}

/** Sum and number of values of each figure; a figure that no row has is n/a and not 0. */
interface Total {
  readonly group: Group;
  readonly sums: bigint[];
  readonly counts: bigint[];
}

/** Sums in SQL, a group and currency at a time. As of an instant: what is stored, minus the changes logged since. */
export async function sumFigures(connection: Connection, query: SumQuery): Promise<SumRow[]> {
  const by = [...new Set(query.by)];
  const totals = new Map<string, Total>();
  for (const offerIds of chunks(query.offerIds, 500)) {
    await addStored(connection, { ...query, by, offerIds }, totals);
    await takeBackChanges(connection, { ...query, by, offerIds }, totals);
  }
  return [...totals.entries()]
    .filter(([, total]) => total.counts.some((count) => count > 0n))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { group, sums, counts }]) => ({
      day: group.day ?? null,
      month: group.month ?? null,
      offerId: group.offer === undefined ? null : toNumber(group.offer),
      brand: group.brand ?? null,
      campaign: group.campaign ?? null,
      currency: group.currency,
      figures: toFigures(sums.map((sum, index) => ((counts[index] ?? 0n) > 0n ? sum : null))),
    }));
}

const sumNames = figureColumns.map((_, index) => ({ sum: `sum${index}`, count: `count${index}` }));

async function addStored({ db }: Connection, query: SumQuery, totals: Map<string, Total>): Promise<void> {
  // Its names are as they should be: renaming 26 columns of every row would take longer than the sums.
  const { rows } = await storedSums(query).execute(db.withoutPlugins());
  for (const row of rows) {
    const total = totalOf(row, query, totals);
    for (const [index, { sum, count }] of sumNames.entries()) {
      total.sums[index] = (total.sums[index] ?? 0n) + (row[sum] ?? 0n);
      total.counts[index] = (total.counts[index] ?? 0n) + (row[count] ?? 0n);
    }
  }
}

async function takeBackChanges(
  { db }: Connection,
  query: SumQuery,
  totals: Map<string, Total>,
): Promise<void> {
  if (query.asOf === undefined) return;
  const { rows } = await loggedChanges(query, query.asOf).execute(db);
  for (const row of rows) {
    const total = totalOf(row, query, totals);
    const index = figureFields.indexOf(row.field);
    total.sums[index] = (total.sums[index] ?? 0n) - (row.sumAfter ?? 0n) + (row.sumBefore ?? 0n);
    total.counts[index] = (total.counts[index] ?? 0n) - row.countAfter + row.countBefore;
  }
}

/** The statement that sums what is stored. */
export function storedSums(query: SumQuery): RawBuilder<Group & Record<string, bigint | null>> {
  const sums = figureColumns.map(({ column }, index) => {
    return sql.raw(`sum(f.${column}) as sum${index}, count(f.${column}) as count${index}`);
  });
  return sql`
    select ${sql.join(sums)}, ${keys(query)} d.currency as currency
    from figures f join dimensions d on d.id = f.dimension_id
    where ${scope(query)}
    group by ${groups(query)} d.currency`;
}

/** The statement that sums what was changed after an instant. */
export function loggedChanges(query: SumQuery, after: Instant): RawBuilder<Group & ChangeTotals> {
  return sql`
    select f.field as field, sum(f.before) as sum_before, count(f.before) as count_before,
      sum(f.after) as sum_after, count(f.after) as count_after, ${keys(query)} d.currency as currency
    from figure_changes f join dimensions d on d.id = f.dimension_id
    where ${scope(query)} and f.at > ${after}
    group by ${groups(query)} d.currency, f.field`;
}

interface ChangeTotals {
  readonly field: FigureField;
  readonly sumBefore: bigint | null;
  readonly countBefore: bigint;
  readonly sumAfter: bigint | null;
  readonly countAfter: bigint;
}

function keys(query: SumQuery): RawBuilder<unknown> {
  return sql.raw(query.by.map((key) => `${groupColumns[key]} as "${key}", `).join(''));
}

function groups(query: SumQuery): RawBuilder<unknown> {
  return sql.raw(query.by.map((key) => `${groupColumns[key]}, `).join(''));
}

/** Offers and days come first in the primary key; days first reported after `asOf` are left out. */
function scope({ offerIds, from, to, asOf }: SumQuery): RawBuilder<unknown> {
  const within = sql`f.offer_id in (${sql.join(offerIds)}) and f.day >= ${from} and f.day <= ${to}`;
  if (asOf === undefined) return within;
  return sql`${within} and exists (
    select 1 from offer_days o
    where o.offer_id = f.offer_id and o.day = f.day and o.first_reported_at <= ${asOf})`;
}

function totalOf(row: Group, query: SumQuery, totals: Map<string, Total>): Total {
  const parts = query.by.map((key) => (key === 'offer' ? String(row.offer).padStart(19, '0') : row[key]));
  const key = JSON.stringify([...parts, row.currency]);
  const known = totals.get(key);
  if (known) return known;
  const total: Total = {
    group: {
      currency: row.currency,
      ...Object.fromEntries(query.by.map((name) => [name, row[name]])),
    },
    sums: [],
    counts: [],
  };
  totals.set(key, total);
  return total;
}
