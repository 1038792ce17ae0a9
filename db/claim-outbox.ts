import { type Selectable, sql } from 'kysely';
import type { Instant } from '../src/dates.js';
import { type Connection, holdLock } from './connection.js';
import type { Schema } from './schema.js';

const sameMessage = (a: string, b: string) =>
  sql.raw(
    ['workspace', 'target_kind', 'target_id', 'subject']
      .map((column) => `${a}.${column} = ${b}.${column}`)
      .join(' and '),
  );

/**
 * Takes the oldest due row whose message nobody is sending. Of several due rows of one message only the newest is said,
 * but each that carries files is. Must run inside a transaction.
 */
export async function claimOutboxRow(
  connection: Connection,
  now: Instant,
): Promise<Selectable<Schema['outbox']> | null> {
  await holdLock(connection, 'outbox');
  const { db } = connection;
  const candidates = await sql<{ id: bigint }>`
    select o.id from outbox o
    where o.state = 'new' and o.not_before <= ${now}
      and not exists (
        select 1 from outbox s where s.state = 'sending' and ${sameMessage('s', 'o')})
      and (o.has_files = 1 or not exists (
        select 1 from outbox n
        where n.state = 'new' and n.not_before <= ${now} and n.id > o.id and ${sameMessage('n', 'o')}))
    order by o.id limit 1`.execute(db);
  const id = candidates.rows[0]?.id;
  if (id === undefined) return null;
  const row = await db
    .updateTable('outbox')
    .set({ state: 'sending', sendingAt: now, attempt: sql<bigint>`attempt + 1` })
    .where('id', '=', id)
    .where('state', '=', 'new')
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  await db
    .updateTable('outbox')
    .set({ state: 'dropped' })
    .where('state', '=', 'new')
    .where('workspace', '=', row.workspace)
    .where('targetKind', '=', row.targetKind)
    .where('targetId', '=', row.targetId)
    .where('subject', '=', row.subject)
    .where('id', '<', row.id)
    .where('hasFiles', '=', 0n)
    .execute();
  return row;
}
