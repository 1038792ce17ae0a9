import { type Day, daysApart, type Instant } from '../src/dates.js';
import { type FigureField, figureFields } from '../src/figures.js';
import type { GroupKey, PastQuery, SumQuery, SumRow } from '../src/sync/figure-store.js';
import { chunks } from './columns.js';
import type { Connection } from './connection.js';
import { offersOfOneCurrency } from './one-currency.js';
import { loggedChanges, type StoredQuery, storedSums } from './sum-statements.js';
import { compareTotals, copyOf, isThere, keyOf, merged, type Total, toRow, totalOf } from './sum-totals.js';

/** A statement takes a while for each offer, and nothing else happens in the process meanwhile. */
const offersAtOnce = 500;
/** From here on looking each row's currency up costs more than asking first which offers have only one. */
const longWindow = 4;

/** Sums in SQL, a group and currency at a time. As of an instant: what is stored, minus the changes logged since. */
export async function sumFigures(connection: Connection, query: SumQuery): Promise<SumRow[]> {
  const wanted = query.fields ?? figureFields;
  const fields = figureFields.filter((field) => wanted.includes(field));
  const stored = storedQuery(query);
  const { asOf } = query;
  if (asOf === undefined) {
    return rowsOf(await storedTotals(connection, { ...stored, fields }), stored.by, fields);
  }
  const totals = await storedTotals(connection, { ...stored, seenBy: asOf, counted: true });
  const past = withoutChanges(stored, totals, await changesAfter(connection, stored, asOf));
  return rowsOf(past.filter(isThere), stored.by, fields);
}

/** The groups that were changed after an instant, as they stood then; one without any figure was not there. */
export async function sumPast(connection: Connection, query: PastQuery): Promise<SumRow[]> {
  const stored = { ...storedQuery(query), counted: true };
  const changes = await changesAfter(connection, stored, query.asOf);
  if (changes.length === 0) return [];
  const changed = new Set(changes.map((row) => keyOf(row.slice(0, stored.by.length + 1))));
  const now = await storedTotals(connection, around(stored, changes));
  const concerned = now.filter(({ keys }) => changed.has(keyOf(keys)));
  const past = withoutChanges(stored, concerned, changes);
  return rowsOf(past, stored.by, stored.fields);
}

/** Only the offers and the days that were changed, where the groups tell. */
function around(query: StoredQuery, changes: readonly (readonly unknown[])[]): StoredQuery {
  const [offer, day] = [query.by.indexOf('offer'), query.by.indexOf('day')];
  const offers = new Set(changes.map((row) => Number(row[offer])));
  const days = changes.map((row) => row[day] as Day).sort();
  return {
    ...query,
    offerIds: offer < 0 ? query.offerIds : [...offers],
    from: (day < 0 ? undefined : days[0]) ?? query.from,
    to: (day < 0 ? undefined : days.at(-1)) ?? query.to,
  };
}

function storedQuery({ offerIds, from, to, by }: Omit<SumQuery, 'asOf'>): StoredQuery {
  return { offerIds, from, to, by: [...new Set(by)], fields: figureFields, counted: false };
}

function rowsOf(totals: readonly Total[], by: readonly GroupKey[], fields: readonly FigureField[]): SumRow[] {
  return [...totals].sort(compareTotals).map(toRow(by, fields));
}

async function storedTotals(connection: Connection, query: StoredQuery): Promise<readonly Total[]> {
  const totals: Total[] = [];
  for (const offerIds of chunks(query.offerIds, offersAtOnce)) {
    const plain = await totalsOfOneCurrency(connection, { ...query, offerIds });
    for (const total of plain.totals) totals.push(total);
    const others = offerIds.filter((id) => !plain.currencies.has(id));
    if (others.length === 0) continue;
    const statement = storedSums(connection.dialect, { ...query, offerIds: others });
    for (const row of await connection.lists(statement)) {
      const keys = row.slice(0, query.by.length + 1);
      totals.push(totalOf(keys, row, keys.length, query));
    }
  }
  // Where groups are split by offer, no other chunk has the same.
  return query.by.includes('offer') ? totals : [...merged(totals).values()];
}

/**
 * The offers whose rows are all in one currency, summed without looking at each row's. They are looked at again
 * afterwards: rows of a second currency may have come in between.
 */
async function totalsOfOneCurrency(connection: Connection, query: StoredQuery) {
  const place = query.by.indexOf('offer');
  const isSplit = query.by.includes('brand') || query.by.includes('campaign');
  const totals: Total[] = [];
  if (place < 0 || isSplit || isShort(query)) return { totals, currencies: new Map<number, string>() };
  const offerIds = [...(await offersOfOneCurrency(connection, query.offerIds)).keys()];
  const statement = storedSums(connection.dialect, { ...query, offerIds }, 'no currency');
  const rows = await connection.lists(statement);
  const currencies = await offersOfOneCurrency(connection, offerIds);
  for (const row of rows) {
    const currency = currencies.get(Number(row[place]));
    if (currency === undefined) continue;
    totals.push(totalOf([...row.slice(0, query.by.length), currency], row, query.by.length, query));
  }
  return { totals, currencies };
}

function isShort({ from, to }: StoredQuery): boolean {
  return daysApart(from, to) < longWindow;
}

async function changesAfter(
  connection: Connection,
  query: StoredQuery,
  asOf: Instant,
): Promise<readonly (readonly unknown[])[]> {
  const changes: (readonly unknown[])[] = [];
  for (const offerIds of chunks(query.offerIds, offersAtOnce)) {
    const rows = await connection.lists(loggedChanges(connection.dialect, { ...query, offerIds }, asOf));
    for (const row of rows) changes.push(row);
  }
  return changes;
}

function withoutChanges(
  query: StoredQuery,
  totals: readonly Total[],
  changes: readonly (readonly unknown[])[],
): readonly Total[] {
  if (changes.length === 0) return totals;
  const past = merged(totals);
  for (const row of changes) takeBack(past, row, query);
  return [...past.values()];
}

type Change = readonly [FigureField, bigint | null, bigint, bigint | null, bigint];

function takeBack(totals: Map<string, Total>, row: readonly unknown[], query: StoredQuery): void {
  const keys = row.slice(0, query.by.length + 1);
  const [field, before, countBefore, after, countAfter] = row.slice(keys.length) as unknown as Change;
  const key = keyOf(keys);
  const total = copyOf(totals.get(key), keys, query.fields);
  const index = query.fields.indexOf(field);
  total.sums[index] = (total.sums[index] ?? 0n) - (after ?? 0n) + (before ?? 0n);
  total.counts[index] = (total.counts[index] ?? 0n) - countAfter + countBefore;
  totals.set(key, total);
}
