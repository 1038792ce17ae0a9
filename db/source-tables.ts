import type { SqliteHandle } from './better-sqlite.js';
import type { BulkTable } from './connection.js';

/** A table of a SQLite database, as it is to be made anew. */
export interface SourceTable extends BulkTable {
  /** The highest id that was ever given, where ids are given by the database. */
  readonly lastId: bigint | null;
}

interface Column {
  readonly name: string;
  readonly type: string;
  /** The place in the primary key from 1 on, 0 outside of it. */
  readonly pk: bigint;
}

/** All tables of ours, each after those that its rows point to. */
export function sourceTables(source: SqliteHandle): SourceTable[] {
  const names = source
    .prepare<[], { name: string }>(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like 'kysely%' order by name",
    )
    .all()
    .map(({ name }) => name);
  const ordered: string[] = [];
  const place = (name: string) => {
    if (ordered.includes(name)) return;
    const wanted = source
      .prepare<[string], { table: string }>('select "table" from pragma_foreign_key_list(?)')
      .all(name);
    for (const { table } of wanted) if (table !== name) place(table);
    ordered.push(name);
  };
  for (const name of names) place(name);
  return ordered.map((name) => describe(source, name));
}

function describe(source: SqliteHandle, name: string): SourceTable {
  const columns = source
    .prepare<[string], Column>('select name, type, pk from pragma_table_info(?)')
    .all(name);
  const key = columns.filter(({ pk }) => pk > 0n).sort((a, b) => Number(a.pk - b.pk));
  const given = source
    .prepare<[string], { seq: bigint }>('select seq from sqlite_sequence where name = ?')
    .get(name);
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type === 'INTEGER' ? 'integer' : 'text',
    })),
    key: key.map((column) => column.name),
    lastId: given?.seq ?? null,
  };
}
