import { afterAll, test } from 'vitest';
import { testStores } from '../contracts/stores.js';
import { openPostgresStores, startPostgres } from '../support/postgres.js';

const server = await startPostgres().catch((error: unknown) => String(error ?? 'it ended at once'));

if (typeof server === 'string') {
  test.skip(`Postgres cannot start here, so its stores were not tested: ${server}`, () => {});
} else {
  afterAll(() => server.stop());
  testStores('Postgres', () => openPostgresStores(server.url));
}
