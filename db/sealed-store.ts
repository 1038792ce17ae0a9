import { type RawBuilder, sql } from 'kysely';
import type { SealedStore, SealedText } from '../src/sealed-store.js';
import { atomically, type Connection } from './connection.js';

interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  readonly keyType: 'integer' | 'text';
  /** The column's name in the place that the text is bound to. */
  readonly boundAs: string;
  readonly whenLost: 'empty' | 'remove';
}

/** Every column that holds sealed texts, names as in the database; a test looks that none is left out. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'offers', column: 'sealed_url', key: 'id', keyType: 'integer', boundAs: 'url', whenLost: 'empty' },
  {
    table: 'actions',
    column: 'sealed_options',
    key: 'id',
    keyType: 'text',
    boundAs: 'options',
    whenLost: 'remove',
  },
  {
    table: 'installations',
    column: 'sealed',
    key: 'workspace',
    keyType: 'text',
    boundAs: 'sealed',
    whenLost: 'remove',
  },
];

export function sealedStore(connection: Connection): SealedStore {
  const { db } = connection;
  return {
    withoutMarks(marks, limit) {
      return atomically(connection, async (inside) => {
        const found: SealedText[] = [];
        for (const sealedColumn of sealedColumns) {
          if (found.length === limit) break;
          const query = textsWithoutMarks(sealedColumn, marks, limit - found.length);
          const { rows } = await query.execute(inside.db);
          const { table, boundAs: column } = sealedColumn;
          for (const { workspace, row, sealed } of rows) {
            found.push({ sealed, place: { workspace, table, row, column } });
          }
        }
        return found;
      });
    },
    async replace(text, sealed) {
      const { table, column, isText } = whereIs(text);
      await sql`update ${table} set ${column} = ${sealed} where ${isText}`.execute(db);
    },
    async forget(text) {
      const { table, column, isText, whenLost } = whereIs(text);
      if (whenLost === 'remove') await sql`delete from ${table} where ${isText}`.execute(db);
      else await sql`update ${table} set ${column} = '' where ${isText}`.execute(db);
    },
  };
}

function textsWithoutMarks(
  { table, column, key }: SealedColumn,
  marks: readonly string[],
  limit: number,
): RawBuilder<{ workspace: string; row: string; sealed: string }> {
  const sealed = sql.ref(column);
  const others = marks.map((mark) => sql`and substr(${sealed}, 1, ${sql.lit(mark.length)}) <> ${mark}`);
  return sql`
    select workspace, cast(${sql.ref(key)} as text) as "row", ${sealed} as sealed
    from ${sql.table(table)} where ${sealed} <> '' ${sql.join(others, sql` `)}
    order by ${sql.ref(key)} limit ${sql.lit(limit)}`;
}

function whereIs({ place, sealed }: SealedText) {
  const found = sealedColumns.find(({ table, boundAs }) => table === place.table && boundAs === place.column);
  if (!found) throw new Error(`no sealed column ${place.table}.${place.column}`);
  const column = sql.ref(found.column);
  const row = found.keyType === 'integer' ? BigInt(place.row) : place.row;
  return {
    table: sql.table(found.table),
    column,
    whenLost: found.whenLost,
    isText: sql`${sql.ref(found.key)} = ${row} and ${column} = ${sealed}`,
  };
}
