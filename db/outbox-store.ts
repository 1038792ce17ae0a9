import { type Selectable, sql } from 'kysely';
import type { DrawnCard } from '../src/card.js';
import type { OutboxRow, OutboxStore, StoredFile } from '../src/delivery/outbox.js';
import { claimOutboxRow } from './claim-outbox.js';
import { plain, toNumber } from './columns.js';
import { atomically, type Connection } from './connection.js';
import { literal } from './literal.js';
import type { Schema } from './schema.js';

function toOutboxRow(row: Selectable<Schema['outbox']>): OutboxRow {
  const { targetKind, targetId, targetName, card, files, hasFiles: _, ...rest } = plain(row);
  return {
    ...rest,
    target: { kind: targetKind, id: targetId, name: targetName },
    card: JSON.parse(card) as DrawnCard,
    files: JSON.parse(files) as StoredFile[],
  };
}

export function outboxStore(connection: Connection): OutboxStore {
  const { db } = connection;
  return {
    async add({ target, card, files, ...row }) {
      const { id } = await db
        .insertInto('outbox')
        .values({
          ...row,
          targetKind: target.kind,
          targetId: target.id,
          targetName: target.name,
          card: JSON.stringify(card),
          files: JSON.stringify(files),
          hasFiles: Number(files.length > 0),
          state: 'new',
          attempt: 0,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return toNumber(id);
    },
    async claim(now) {
      const row = await atomically(connection, (inside) => claimOutboxRow(inside, now));
      return row ? toOutboxRow(row) : null;
    },
    async messageOf(workspace, target, subject) {
      const row = await db
        .selectFrom('messages')
        .select('messageId')
        .where('workspace', '=', workspace)
        .where('targetKind', '=', target.kind)
        .where('targetId', '=', target.id)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row?.messageId ?? null;
    },
    sent(id, messageId, at) {
      return atomically(connection, async (inside) => {
        const row = await inside.db
          .updateTable('outbox')
          // What was said stays; a file that was delivered is not kept twice.
          .set({ state: 'sent', sentAt: at, messageId, files: '[]' })
          .where('id', '=', BigInt(id))
          .returning(['workspace', 'targetKind', 'targetId', 'subject'])
          .executeTakeFirst();
        if (!row) return;
        await inside.db
          .insertInto('messages')
          .values({ ...row, messageId })
          .onConflict((conflict) =>
            conflict.columns(['workspace', 'targetKind', 'targetId', 'subject']).doUpdateSet({ messageId }),
          )
          .execute();
      });
    },
    async postpone({ id, sendingAt }, notBefore) {
      await db
        .updateTable('outbox')
        .set({ state: 'new', sendingAt: null, notBefore })
        .where('id', '=', BigInt(id))
        .where('state', '=', 'sending')
        .where('sendingAt', '=', sendingAt)
        .execute();
    },
    async giveBack({ id, sendingAt }, notBefore) {
      await db
        .updateTable('outbox')
        .set({ state: 'new', sendingAt: null, notBefore, attempt: sql<bigint>`attempt - 1` })
        .where('id', '=', BigInt(id))
        .where('state', '=', 'sending')
        .where('sendingAt', '=', sendingAt)
        .execute();
    },
    async failed(id) {
      await db.updateTable('outbox').set({ state: 'failed' }).where('id', '=', BigInt(id)).execute();
    },
    async waitingAt(workspace, target, now) {
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('state', '=', 'new')
        .where('notBefore', '<=', now)
        .where('workspace', '=', workspace)
        .where('targetKind', '=', target.kind)
        .where('targetId', '=', target.id)
        .orderBy('id')
        .execute();
      return rows.map(toOutboxRow);
    },
    async drop(ids) {
      if (ids.length === 0) return;
      await db
        .updateTable('outbox')
        .set({ state: 'dropped' })
        .where('id', 'in', ids.map(BigInt))
        .where('state', 'in', ['new', 'sending'])
        .execute();
    },
    async doubtful(sendingBefore) {
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('state', '=', literal('sending'))
        .where('sendingAt', '<', sendingBefore)
        .orderBy('id')
        .execute();
      return rows.map(toOutboxRow);
    },
    async retake({ id, sendingAt }, now) {
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ sendingAt: now })
        .where('id', '=', BigInt(id))
        .where('state', '=', 'sending')
        .where('sendingAt', '=', sendingAt)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async nextDue() {
      const row = await db
        .selectFrom('outbox as waiting')
        .select(({ fn }) => fn.min('notBefore').as('due'))
        .where('state', '=', 'new')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('outbox as busy')
                .select('busy.id')
                .where('busy.state', '=', 'sending')
                .whereRef('busy.workspace', '=', 'waiting.workspace')
                .whereRef('busy.targetKind', '=', 'waiting.targetKind')
                .whereRef('busy.targetId', '=', 'waiting.targetId')
                .whereRef('busy.subject', '=', 'waiting.subject'),
            ),
          ),
        )
        .executeTakeFirst();
      return row?.due ?? null;
    },
  };
}
