import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../../db/open.js';
import type { Stores } from '../../src/ports.js';
import { runOn } from './postgres-server.js';

export { rowsOn, runOn, startPostgres } from './postgres-server.js';

/** Makes an empty schema and answers a URL that works in it; it is dropped when the test ends. */
export async function freshSchema(server: string): Promise<string> {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  await runOn(server, `create schema ${schema}`);
  onTestFinished(() => runOn(server, `drop schema if exists ${schema}, ${schema}_queue cascade`));
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

/** Empty stores in a schema of their own. */
export async function openPostgresStores(server: string): Promise<Stores> {
  const database = await openDatabase(await freshSchema(server));
  onTestFinished(() => database.close());
  return database.stores;
}
