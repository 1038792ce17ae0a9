import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../db/migrate.js';
import { openSqlite } from '../../db/open-sqlite.js';
import { loggedChanges, storedSums } from '../../db/sum-figures.js';

const query = {
  offerIds: [1, 2, 3],
  from: '2026-11-01',
  to: '2026-11-30',
  by: ['month', 'brand'],
  asOf: '2026-11-16T08:00:00.000Z',
} as const;

test('finds figures and their changes through keys, without reading whole tables', async () => {
  const { connection } = openSqlite(':memory:', {});
  onTestFinished(() => connection.db.destroy());
  await migrate(connection.db, 'sqlite');

  const plans = await Promise.all(
    [storedSums(query), loggedChanges(query, query.asOf)].map((statement) =>
      sql<{ detail: string }>`explain query plan ${statement}`.execute(connection.db),
    ),
  );

  const steps = plans.flatMap((plan) => plan.rows.map((row) => row.detail));
  expect(steps).toContainEqual(expect.stringMatching(/^SEARCH f USING PRIMARY KEY \(offer_id=\? AND day>\?/));
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
});
