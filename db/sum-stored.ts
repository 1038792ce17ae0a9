import type { RawBuilder } from 'kysely';
import { daysApart } from '../src/dates.js';
import { chunks } from './columns.js';
import type { Connection } from './connection.js';
import { type NamedDimension, namedDimensions } from './named-dimensions.js';
import { offersOfOneCurrency } from './one-currency.js';
import { plainSums, plainSumsOfDays, type StoredQuery, storedRows, storedSums } from './sum-statements.js';
import { currencyPlace, inOrder, type Total } from './sum-totals.js';

/** A statement takes a while for each offer, and nothing else happens in the process meanwhile. */
const offersAtOnce = 250;
/** From here on looking each row's currency up costs more than asking first which offers have only one. */
const longWindow = 4;

/** Sums what is stored for each query. All are about the same offers, whose pages are read while they are at hand. */
export async function storedTotals(
  connection: Connection,
  queries: readonly StoredQuery[],
): Promise<readonly Total[][]> {
  const totals = queries.map((): Total[] => []);
  for (const offerIds of chunks(queries[0]?.offerIds ?? [], offersAtOnce)) {
    const asked = queries.map((query) => ({ ...query, offerIds }));
    for (const [place, rows] of (await totalsOf(connection, offerIds, asked)).entries()) {
      for (const row of rows) totals[place]?.push(row);
    }
  }
  return queries.map((query, place) => inOrder(totals[place] ?? [], query));
}

async function totalsOf(
  connection: Connection,
  offerIds: readonly number[],
  queries: readonly StoredQuery[],
): Promise<Total[][]> {
  const isAsked = queries.some((query) => isPlain(query) && isLong(query));
  const plain = isAsked ? await offersOfOneCurrency(connection, offerIds) : new Map<number, string>();
  const found: Total[][] = [];
  for (const query of queries) {
    if (isByRow(query)) found.push(await read(connection, storedRows(connection.dialect, query)));
    else if (isPlain(query)) found.push(await plainTotals(connection, query, plain));
    else found.push(await read(connection, storedSums(connection.dialect, query)));
  }
  // Rows of a second currency may have come in meanwhile: then the sums mix the two.
  const still = plain.size > 0 ? await offersOfOneCurrency(connection, [...plain.keys()]) : plain;
  if (still.size < plain.size) return totalsOf(connection, offerIds, queries);
  if (!queries.some(isByRow)) return found;
  // Asked last, so that every row has its dimension there, but for those of offers that were removed meanwhile.
  const dimensions = await namedDimensions(connection, offerIds);
  return queries.map((query, place) => {
    const rows = found[place] ?? [];
    return isByRow(query) ? withNames(rows, query, dimensions) : rows;
  });
}

/** Every day and name is a group of its own, or nearly: there is nothing for the database to sum. */
function isByRow({ by }: StoredQuery): boolean {
  return by.includes('day') && by.includes('offer') && isByName(by);
}

/** Can be summed without a look at the dimensions, where an offer has but one currency. */
function isPlain({ by }: StoredQuery): boolean {
  return (by.includes('offer') && !isByName(by)) || by.join() === 'day';
}

function isByName(by: StoredQuery['by']): boolean {
  return by.includes('brand') || by.includes('campaign');
}

function isLong({ from, to }: StoredQuery): boolean {
  return daysApart(from, to) >= longWindow;
}

/** Offers of one currency are summed without looking at each row's; it is put in afterwards. */
async function plainTotals(
  connection: Connection,
  query: StoredQuery,
  plain: ReadonlyMap<number, string>,
): Promise<Total[]> {
  const { dialect } = connection;
  const others = query.offerIds.filter((id) => !plain.has(id));
  const found = [
    others.length === 0 ? [] : await read(connection, storedSums(dialect, { ...query, offerIds: others })),
  ];
  const place = currencyPlace(query);
  const offer = query.by.indexOf('offer');
  if (offer >= 0 && plain.size > 0) {
    const rows = await read(connection, plainSums(dialect, { ...query, offerIds: [...plain.keys()] }));
    for (const row of rows) row[place] = plain.get(Number(row[offer]));
    found.push(rows);
  }
  for (const currency of offer >= 0 ? [] : new Set(plain.values())) {
    const offerIds = [...plain.keys()].filter((id) => plain.get(id) === currency);
    const rows = await read(connection, plainSumsOfDays(dialect, { ...query, offerIds }));
    for (const row of rows) row[place] = currency;
    found.push(rows);
  }
  return found.flat();
}

function withNames(
  rows: readonly Total[],
  query: StoredQuery,
  dimensions: ReadonlyMap<unknown, NamedDimension>,
): Total[] {
  const { by, from, to, fields, counted } = query;
  const currency = currencyPlace(query);
  const [day, offer] = [by.indexOf('day'), by.indexOf('offer')];
  const [brand, campaign] = [by.indexOf('brand'), by.indexOf('campaign')];
  return rows.filter((row) => {
    const named = dimensions.get(row[currency]);
    if (!named) return false;
    if (from === to) row[day] = from;
    row[offer] = named.offerId;
    if (brand >= 0) row[brand] = named.brand;
    if (campaign >= 0) row[campaign] = named.campaign;
    row[currency] = named.currency;
    if (counted) row.push(...fields.map((_, index) => (row[currency + 1 + index] === null ? 0n : 1n)));
    return true;
  });
}

/** The lists are the driver's own, made for this statement alone. */
async function read(connection: Connection, statement: RawBuilder<unknown>): Promise<Total[]> {
  return (await connection.lists(statement)) as Total[];
}
