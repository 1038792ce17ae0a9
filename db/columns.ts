import type { ColumnType } from 'kysely';

/** A 64-bit integer: read as `bigint` on both databases, so that money beyond 2^53 stays exact. */
export type Integer = ColumnType<bigint, bigint | number, bigint | number>;

/** A 64-bit integer that the database gives. */
export type Id = ColumnType<bigint, bigint | number | undefined, never>;

type Column<T> = T extends number | bigint | boolean ? Integer : T;

/** The columns of a contract: numbers and booleans become integers, texts stay texts. */
export type Columns<T> = { [K in keyof T]: Column<T[K]> };

/** A row with every `bigint` made a number. */
export type Plain<T> = { [K in keyof T]: bigint extends T[K] ? number | Exclude<T[K], bigint> : T[K] };

/** A count or an id as a number; throws where a number would round. */
export function toNumber(integer: bigint): number {
  const number = Number(integer);
  if (!Number.isSafeInteger(number)) throw new RangeError('a stored count is beyond 2^53');
  return number;
}

/** Makes a row without money plain: ids and counts become numbers. */
export function plain<T extends object>(row: T): Plain<T> {
  const entries = Object.entries(row).map(([name, value]) => {
    return [name, typeof value === 'bigint' ? toNumber(value) : value];
  });
  return Object.fromEntries(entries) as Plain<T>;
}

/** Cuts a long list, because a statement takes only so many parameters. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}

/** `first_reported_at` is `firstReportedAt` in the code. */
export function camelCase(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase());
}

export function objectOf(names: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index += 1) made[names[index] ?? ''] = row[index];
  return made;
}
