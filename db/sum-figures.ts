import { type Day, daysApart, type Instant } from '../src/dates.js';
import { type FigureField, figureFields } from '../src/figures.js';
import type { GroupKey, PastQuery, SumQuery, SumRow, SumWindow } from '../src/sync/figure-store.js';
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

/** Sums of several windows by offer, which are asked together. */
export async function sumWindows(
  connection: Connection,
  offerIds: readonly number[],
  windows: readonly SumWindow[],
): Promise<SumRow[][]> {
  const queries = windows.map((window) => ({
    ...storedQuery({ offerIds, by: ['offer'], ...window }),
    ...window,
  }));
  const totals = await totalsOfWindows(connection, queries);
  return queries.map(({ by, fields }, place) => rowsOf(totals[place] ?? [], by, fields));
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
  const [totals = []] = await totalsOfWindows(connection, [query]);
  return totals;
}

/** The queries are about the same offers. */
async function totalsOfWindows(
  connection: Connection,
  queries: readonly StoredQuery[],
): Promise<readonly (readonly Total[])[]> {
  const totals = queries.map((): Total[] => []);
  for (const offerIds of chunks(queries[0]?.offerIds ?? [], offersAtOnce)) {
    const plain = await addOneCurrency(
      connection,
      queries.map((query) => ({ ...query, offerIds })),
      totals,
    );
    const others = offerIds.filter((id) => !plain.has(id));
    if (others.length === 0) continue;
    for (const [place, query] of queries.entries()) {
      const statement = storedSums(connection.dialect, { ...query, offerIds: others });
      for (const row of await connection.lists(statement)) {
        const keys = row.slice(0, query.by.length + 1);
        totals[place]?.push(totalOf(keys, row, keys.length, query));
      }
    }
  }
  // Where groups are split by offer, no other chunk has the same.
  return queries.map(({ by }, place) => {
    const found = totals[place] ?? [];
    return by.includes('offer') ? found : [...merged(found).values()];
  });
}

/**
 * Adds the offers whose rows are all in one currency, summed without looking at each row's; answers which they are. They
 * are looked at again afterwards: rows of a second currency may have come in between.
 */
async function addOneCurrency(
  connection: Connection,
  queries: readonly StoredQuery[],
  totals: readonly Total[][],
): Promise<ReadonlyMap<number, string>> {
  const offerIds = queries[0]?.offerIds ?? [];
  if (!queries.every(isByOffer) || !queries.some(isLong)) return new Map();
  const before = [...(await offersOfOneCurrency(connection, offerIds)).keys()];
  const found: (readonly (readonly unknown[])[])[] = [];
  for (const query of queries) {
    const statement = storedSums(connection.dialect, { ...query, offerIds: before }, 'no currency');
    found.push(await connection.lists(statement));
  }
  const currencies = await offersOfOneCurrency(connection, before);
  for (const [place, query] of queries.entries()) {
    const offer = query.by.indexOf('offer');
    for (const row of found[place] ?? []) {
      const currency = currencies.get(Number(row[offer]));
      if (currency === undefined) continue;
      const keys = [...row.slice(0, query.by.length), currency];
      totals[place]?.push(totalOf(keys, row, query.by.length, query));
    }
  }
  return currencies;
}

function isByOffer({ by }: StoredQuery): boolean {
  return by.includes('offer') && !by.includes('brand') && !by.includes('campaign');
}

function isLong({ from, to }: StoredQuery): boolean {
  return daysApart(from, to) >= longWindow;
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
