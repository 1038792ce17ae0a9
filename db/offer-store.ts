import { type Selectable, sql } from 'kysely';
import type { Offer, OfferPage, OfferScope, OfferShape, OfferStore } from '../src/offers/offer.js';
import { toNumber } from './columns.js';
import { atomically, type Connection, locksRows } from './connection.js';
import { hot } from './hot.js';
import { isOneOf } from './is-one-of.js';
import { nextNumber } from './next-number.js';
import { removeOffer } from './remove-offer.js';
import type { Schema } from './schema.js';

function toOffer(row: Selectable<Schema['offers']>): Offer {
  const { shape, id, number } = row;
  return {
    ...row,
    id: toNumber(id),
    number: toNumber(number),
    shape: shape === null ? null : (JSON.parse(shape) as OfferShape),
  };
}

const offerById = hot((db, id: bigint) => db.selectFrom('offers').selectAll().where('id', '=', id));

const offersOf = hot((db, workspace: string) =>
  db.selectFrom('offers').selectAll().where('workspace', '=', workspace).orderBy('number'),
);

/** Which columns change together is fixed in the code, so that there are few statements. */
const changes = new Map<string, (connection: Connection, ...values: unknown[]) => Promise<unknown>>();

function changeOffer(connection: Connection, id: number, set: Readonly<Record<string, unknown>>) {
  const names = Object.keys(set);
  const key = names.join();
  const known = changes.get(key);
  const change =
    known ??
    hot((db, ...values: unknown[]) => {
      const columns = Object.fromEntries(names.map((name, index) => [name, values[index + 1]]));
      return db
        .updateTable('offers')
        .set(columns)
        .where('id', '=', values[0] as bigint);
    });
  if (!known) changes.set(key, change);
  return change(connection, BigInt(id), ...Object.values(set));
}

export function offerStore(connection: Connection): OfferStore {
  const { db } = connection;
  const all = () => db.selectFrom('offers').selectAll();

  async function list(workspace: string): Promise<Offer[]> {
    return (await offersOf(connection, workspace)).map(toOffer);
  }

  async function page(
    workspace: string,
    scope: OfferScope | null,
    limit: number,
    ids: readonly number[],
  ): Promise<OfferPage> {
    const inScope = scope
      ? sql<boolean>`(channel_id = ${scope.channelId} or owner_id = ${scope.ownerId})`
      : sql<boolean>`number > 0`;
    const rows = await all()
      .where('workspace', '=', workspace)
      .where(inScope)
      .orderBy('number')
      .limit(limit)
      .execute();
    const [counts = []] = await connection.lists(sql`
      select count(*) as whole, count(*) filter (where ${inScope}) as found,
        count(*) filter (where ${inScope} and state = 'active'
          and ${isOneOf(connection.dialect, 'id', ids)}) as active
      from offers where workspace = ${workspace}`);
    const [whole = 0n, found = 0n, active = 0n] = counts as readonly bigint[];
    return {
      offers: rows.map(toOffer),
      all: toNumber(whole),
      found: toNumber(found),
      activeOf: toNumber(active),
    };
  }

  return {
    page,
    add(offer, seal) {
      return atomically(connection, async (inside) => {
        const { id } = await inside.db
          .insertInto('offers')
          .values({
            ...offer,
            number: await nextNumber(inside, offer.workspace, 'offer'),
            state: 'active',
            sealedUrl: '',
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        const row = await inside.db
          .updateTable('offers')
          .set({ sealedUrl: seal(toNumber(id)) })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        return toOffer(row);
      });
    },
    async get(id) {
      const [row] = await offerById(connection, BigInt(id));
      return row ? toOffer(row) : null;
    },
    list,
    async find(workspace, numberOrName) {
      return pick(await list(workspace), numberOrName.trim());
    },
    async findByFingerprint(workspace, fingerprint) {
      const row = await all()
        .where('workspace', '=', workspace)
        .where('fingerprint', '=', fingerprint)
        .orderBy('id')
        .executeTakeFirst();
      return row ? toOffer(row) : null;
    },
    async change(id, { shape, ...change }) {
      const set = { ...change, ...(shape === undefined ? {} : { shape: shape && JSON.stringify(shape) }) };
      if (Object.keys(set).length === 0) return;
      await changeOffer(connection, id, set);
    },
    remove(id) {
      return atomically(connection, (inside) => removeOffer(inside, id));
    },
    async due(now, limit) {
      const rows = await all()
        .where('state', '=', 'active')
        .where('nextSyncAt', '<=', now)
        .orderBy('nextSyncAt')
        .orderBy('id')
        .limit(limit)
        .$if(locksRows(connection), (query) => query.forUpdate().skipLocked())
        .execute();
      return rows.map(toOffer);
    },
    async atHost(host) {
      const rows = await all().where('host', '=', host).where('state', '=', 'active').orderBy('id').execute();
      return rows.map(toOffer);
    },
  };
}

/** By number, by whole name, by unique beginning. Here and not in SQL: the databases fold other letters than A–Z differently. */
function pick(offers: readonly Offer[], numberOrName: string): Offer | null {
  const [, number] = /^#?(\d{1,9})$/.exec(numberOrName) ?? [];
  const byNumber = offers.find((offer) => offer.number === Number(number));
  if (byNumber) return byNumber;
  const wanted = numberOrName.toLowerCase();
  const same = offers.filter((offer) => offer.name.toLowerCase() === wanted);
  const exact = same.find((offer) => offer.name === numberOrName);
  if (exact) return exact;
  const candidates =
    same.length > 0 ? same : offers.filter((offer) => offer.name.toLowerCase().startsWith(wanted));
  return wanted !== '' && candidates.length === 1 ? (candidates[0] ?? null) : null;
}
