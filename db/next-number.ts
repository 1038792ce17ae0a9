import { sql } from 'kysely';
import { toNumber } from './columns.js';
import type { Connection } from './connection.js';

/** The next number of a workspace for its offers or incidents. Numbers are never given twice, even after a removal. */
export async function nextNumber(
  { db }: Connection,
  workspace: string,
  name: 'offer' | 'incident',
): Promise<number> {
  const { value } = await db
    .insertInto('counters')
    .values({ workspace, name, value: 1 })
    .onConflict((conflict) =>
      conflict.columns(['workspace', 'name']).doUpdateSet({ value: sql`counters.value + 1` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return toNumber(value);
}
