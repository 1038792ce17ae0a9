import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../db/migrate.js';
import { openSqlite } from '../../db/open-sqlite.js';
import {
  loggedChanges,
  plainSums,
  plainSumsOfDays,
  storedRows,
  storedSums,
} from '../../db/sum-statements.js';

const query = {
  offerIds: [1, 2, 3],
  from: '2026-11-01',
  to: '2026-11-30',
  by: ['month', 'brand'],
  fields: ['ftds', 'ngr'],
  counted: true,
} as const;
const asOf = '2026-11-16T08:00:00.000Z';

test('finds figures and their changes through keys, without reading whole tables', async () => {
  const { connection } = openSqlite(':memory:', {});
  onTestFinished(() => connection.db.destroy());
  await migrate(connection.db, 'sqlite');

  const plans = await Promise.all(
    [
      storedSums('sqlite', query),
      storedSums('sqlite', { ...query, seenBy: asOf }),
      plainSums('sqlite', { ...query, by: ['offer', 'day'] }),
      plainSumsOfDays('sqlite', { ...query, by: ['day'] }),
      storedRows('sqlite', { ...query, by: ['offer', 'day', 'campaign'] }),
      loggedChanges('sqlite', query, asOf),
    ].map((statement) => sql<{ detail: string }>`explain query plan ${statement}`.execute(connection.db)),
  );

  const steps = plans.flatMap((plan) => plan.rows.map((row) => row.detail));
  expect(steps).toContainEqual(expect.stringMatching(/^SEARCH f USING PRIMARY KEY \(offer_id=\? AND day>\?/));
  expect(steps.filter((step) => step.startsWith('SCAN') && !/^SCAN (json_each|days)/.test(step))).toEqual([]);
});
