import type { Kysely } from 'kysely';
import type { OldRecordStore, OldRecords } from '../src/clear-old-records.js';
import type { Instant } from '../src/dates.js';
import { atomically, type Connection, holdLock } from './connection.js';
import type { Schema } from './schema.js';
import { surfaceStateStore } from './surface-state-store.js';

/** Few at a time: on SQLite nobody else writes while a transaction goes on. */
const batch = 200;

interface Seen {
  readonly id: bigint;
  readonly at: Instant;
}

/** Ids after `after` up to and with `last`. */
interface Span {
  readonly after: bigint;
  readonly last: bigint;
}

interface Clearing {
  /** The next records by their ids, which grow with time: so no index is needed that every write would pay for. */
  look(db: Kysely<Schema>, after: bigint): Promise<readonly Seen[]>;
  remove(db: Kysely<Schema>, span: Span, before: Instant): Promise<unknown>;
}

const runs: Clearing = {
  look: (db, after) =>
    db
      .selectFrom('syncRuns')
      .select(['id', 'endedAt as at'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(batch)
      .execute(),
  remove: (db, { after, last }, before) =>
    db
      .deleteFrom('syncRuns')
      .where('id', '>', after)
      .where('id', '<=', last)
      .where('endedAt', '<', before)
      // As many as its changes that are stored: they name it.
      .where('changes', '=', 0n)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('syncRuns as newer')
            .select('newer.id')
            .whereRef('newer.offerId', '=', 'syncRuns.offerId')
            .whereRef('newer.endedAt', '>=', 'syncRuns.endedAt')
            .whereRef('newer.id', '>', 'syncRuns.id'),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('offerDays as day')
              .select('day.day')
              .whereRef('day.offerId', '=', 'syncRuns.offerId')
              // No other days can name it; these are found by their key.
              .whereRef('day.day', '>=', 'syncRuns.from')
              .whereRef('day.day', '<=', 'syncRuns.to')
              .whereRef('day.runId', '=', 'syncRuns.id'),
          ),
        ),
      )
      .execute(),
};

const messages: Clearing = {
  look: (db, after) =>
    db
      .selectFrom('outbox')
      .select(['id', 'createdAt as at'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(batch)
      .execute(),
  // What was said is known by `messages` and `digest_runs`, which stay: nothing is said again.
  remove: (db, { after, last }, before) =>
    db
      .deleteFrom('outbox')
      .where('id', '>', after)
      .where('id', '<=', last)
      .where('createdAt', '<', before)
      .where('state', 'in', ['sent', 'dropped'])
      .execute(),
};

const incidents: Clearing = {
  look: (db, after) =>
    db
      .selectFrom('incidents')
      .select(['id', 'openedAt as at'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(batch)
      .execute(),
  remove: (db, { after, last }, before) =>
    db
      .deleteFrom('incidents')
      .where('id', '>', after)
      .where('id', '<=', last)
      // Those that are open have no such time. By their state they would be looked for among all that are over.
      .where('recoveredAt', '<', before)
      .execute(),
};

const audit: Clearing = {
  look: (db, after) =>
    db.selectFrom('audit').select(['id', 'at']).where('id', '>', after).orderBy('id').limit(batch).execute(),
  remove: (db, { after, last }, before) =>
    db.deleteFrom('audit').where('id', '>', after).where('id', '<=', last).where('at', '<', before).execute(),
};

const clearings: Readonly<Record<OldRecords, Clearing>> = { runs, messages, incidents, audit };

export function oldRecordStore(connection: Connection): OldRecordStore {
  return {
    // What a power cut takes back is old at the next time, too.
    clear: (kind, before) => atomically(connection, (inside) => clearSome(inside, kind, before), 'soon'),
  };
}

async function clearSome(inside: Connection, kind: OldRecords, before: Instant): Promise<boolean> {
  const key = `cleared:${kind}`;
  await holdLock(inside, key);
  const marks = surfaceStateStore(inside);
  const after = BigInt((await marks.get(key)) ?? 0);
  const { look, remove } = clearings[kind];
  const seen = await look(inside.db, after);
  // The last of them, because one that was written while the clock was ahead must not hold up those after it.
  const last = seen.findLast(({ at }) => at < before);
  if (!last) return false;
  await remove(inside.db, { after, last: last.id }, before);
  await marks.set(key, String(last.id));
  return last === seen.at(-1) && seen.length === batch;
}
