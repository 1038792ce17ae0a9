import { sql } from 'kysely';
import { toNumber } from './columns.js';
import type { Connection } from './connection.js';
import { jobsOn } from './jobs-on.js';

/**
 * Deletes an offer and all that hangs on it; figures, days, changes, runs, dimensions and incidents go by their
 * foreign keys. Answers how many stored rows of figures went. Must run inside a transaction.
 */
export async function removeOffer(connection: Connection, offerId: number): Promise<number> {
  const { db } = connection;
  const id = BigInt(offerId);
  const { count } = await db
    .selectFrom('figures')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('offerId', '=', id)
    .executeTakeFirstOrThrow();
  const offer = await db.selectFrom('offers').select('workspace').where('id', '=', id).executeTakeFirst();
  if (!offer) return 0;
  const incidents = await db.selectFrom('incidents').select('id').where('offerId', '=', id).execute();
  const subjects = [
    `offer:${offerId}`,
    `progress:${offerId}`,
    ...incidents.map((incident) => `incident:${incident.id}`),
  ];
  for (const subject of subjects) {
    await db
      .deleteFrom('outbox')
      .where('workspace', '=', offer.workspace)
      .where('state', '=', 'new')
      // What was posted already still gets its last edit, so that no open alert stays behind in a channel.
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('messages')
              .select('messages.messageId')
              .whereRef('messages.workspace', '=', 'outbox.workspace')
              .whereRef('messages.targetKind', '=', 'outbox.targetKind')
              .whereRef('messages.targetId', '=', 'outbox.targetId')
              .whereRef('messages.subject', '=', 'outbox.subject'),
          ),
        ),
      )
      // `offer:1` and `offer:1:…`, but not `offer:12`.
      .where(
        sql<boolean>`(subject = ${subject} or substr(subject, 1, ${subject.length + 1}) = ${`${subject}:`})`,
      )
      .execute();
  }
  await jobsOn(connection).removeForOffer(offerId);
  await db.deleteFrom('offers').where('id', '=', id).execute();
  return toNumber(count);
}
