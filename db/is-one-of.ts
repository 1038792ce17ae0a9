import { type RawBuilder, sql } from 'kysely';
import type { DialectName } from './connection.js';

/** A condition on a list of numbers that is one parameter, so that the statement is the same for every length. */
export function isOneOf(
  dialect: DialectName,
  column: string,
  numbers: readonly number[],
): RawBuilder<boolean> {
  const named = sql.raw(column);
  if (dialect === 'postgres') return sql`${named} = any(${sql.val(numbers)}::bigint[])`;
  return sql`${named} in (select value from json_each(${JSON.stringify(numbers)}))`;
}
