import type { Day, Instant } from '../src/dates.js';
import { type FigureField, figureFields } from '../src/figures.js';
import type { PastQuery, SumQuery, SumRow, SumWindow } from '../src/sync/figure-store.js';
import { chunks } from './columns.js';
import type { Connection } from './connection.js';
import { loggedChanges, type StoredQuery } from './sum-statements.js';
import { storedTotals } from './sum-stored.js';
import { currencyPlace, emptyTotal, inOrder, isThere, keyOf, type Total, toRow } from './sum-totals.js';

const offersAtOnce = 500;

/** Sums in SQL, a group and currency at a time. As of an instant: what is stored, minus the changes logged since. */
export async function sumFigures(connection: Connection, query: SumQuery): Promise<SumRow[]> {
  const wanted = query.fields ?? figureFields;
  const { asOf } = query;
  if (asOf === undefined) {
    const [rows = []] = await sumWindows(connection, query.offerIds, [{ ...query, fields: wanted }]);
    return rows;
  }
  const stored = { ...storedQuery(query), counted: true };
  const [totals = []] = await storedTotals(connection, [{ ...stored, seenBy: asOf }]);
  const past = withoutChanges(stored, totals, await changesAfter(connection, stored, asOf));
  return past.filter(isThere(stored)).map(toRow(stored, wanted));
}

/** Sums of several windows, which are asked together. */
export async function sumWindows(
  connection: Connection,
  offerIds: readonly number[],
  windows: readonly SumWindow[],
): Promise<SumRow[][]> {
  const queries = windows.map((window) => {
    const fields = figureFields.filter((field) => window.fields.includes(field));
    return { ...storedQuery({ offerIds, ...window }), fields };
  });
  const totals = await storedTotals(connection, queries);
  return queries.map((query, place) => (totals[place] ?? []).map(toRow(query, query.fields)));
}

/** The groups that were changed after an instant, as they stood then; one without any figure was not there. */
export async function sumPast(connection: Connection, query: PastQuery): Promise<SumRow[]> {
  const stored = { ...storedQuery(query), counted: true };
  const changes = await changesAfter(connection, stored, query.asOf);
  if (changes.length === 0) return [];
  const changed = new Set(changes.map((row) => keyOf(row, stored)));
  const [now = []] = await storedTotals(connection, [around(stored, changes)]);
  const concerned = now.filter((total) => changed.has(keyOf(total, stored)));
  return withoutChanges(stored, concerned, changes).map(toRow(stored, stored.fields));
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
  const past = new Map(totals.map((total) => [keyOf(total, query), total]));
  for (const row of changes) takeBack(past, row, query);
  return inOrder([...past.values()], query);
}

type Change = readonly [FigureField, bigint | null, bigint, bigint | null, bigint];

function takeBack(totals: Map<string, Total>, row: readonly unknown[], query: StoredQuery): void {
  const first = currencyPlace(query) + 1;
  const key = keyOf(row, query);
  const total = totals.get(key) ?? emptyTotal(row.slice(0, first), query);
  const [field, before, countBefore, after, countAfter] = row.slice(first) as unknown as Change;
  const sum = first + query.fields.indexOf(field);
  const count = sum + query.fields.length;
  total[sum] = ((total[sum] as bigint | null) ?? 0n) - (after ?? 0n) + (before ?? 0n);
  total[count] = (total[count] as bigint) - countAfter + countBefore;
  totals.set(key, total);
}
