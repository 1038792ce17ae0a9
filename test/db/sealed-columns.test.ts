import { expect, test } from 'vitest';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { sealedColumns } from '../../db/sealed-store.js';
import { openTestFile } from '../support/sqlite.js';

test('changing keys knows every column that holds sealed texts', async () => {
  const { file } = await openTestFile();
  const database = new BetterSqlite(file, { readonly: true });
  const columns = database
    .prepare<[], { place: string }>(
      `select t.name || '.' || c.name as place from sqlite_schema t, pragma_table_info(t.name) c
       where t.type = 'table' and c.name like '%sealed%' order by place`,
    )
    .all();
  database.close();

  const known = sealedColumns.map(({ table, column }) => `${table}.${column}`).sort();
  expect(columns.map(({ place }) => place)).toEqual(known);
});
