import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { DialectName } from '../../db/connection.js';
import { migrate } from '../../db/migrate.js';
import { migrations } from '../../db/migrations/index.js';
import type { Schema } from '../../db/schema.js';
import { now } from '../support/stored.js';

interface Opened {
  readonly db: Kysely<Schema>;
  readonly dialect: DialectName;
}

/** What an update must keep of a database that an older version filled. */
export function testMigrations(name: string, open: () => Promise<Opened>): void {
  describe(`migrations on ${name}`, () => {
    test('0007 moves the rates of days to their run, and tells waiting jobs their host', async () => {
      const { db, dialect } = await open();
      const before = Object.entries(migrations).filter(([name]) => name < '0007');
      await migrate(db, dialect, Object.fromEntries(before));
      for (const statement of filling) await sql.raw(statement).execute(db);

      await migrate(db, dialect);

      const runs = await db.selectFrom('syncRuns').select(['id', 'ratesDate']).orderBy('id').execute();
      expect(runs.map(({ id, ratesDate }) => [Number(id), ratesDate])).toEqual([
        [1, null],
        [2, '2026-11-16'],
        [3, null],
      ]);
      const jobs = await db.selectFrom('jobs').select(['key', 'host']).orderBy('key').execute();
      expect(jobs).toEqual([
        { key: 'other', host: null },
        { key: 'sync', host: 'lucky.example' },
      ]);
      const days = await db.selectFrom('offerDays').selectAll().orderBy('day').execute();
      expect(days).toMatchObject([
        { day: '2026-11-14', readAt: now, hash: 'a', runId: 1n },
        { day: '2026-11-15', readAt: now, hash: 'b', runId: 2n },
        { day: '2026-11-16', readAt: now, hash: 'c', runId: 2n },
      ]);
    });
  });
}

const filling = [
  `insert into workspaces values ('slack:T1', 'slack', 'Team', '${now}', 'UTC', null, null, 1, 1, 1, 'anyone')`,
  `insert into offers (id, workspace, number, name, platform, host, fingerprint, token_fingerprint, token_tail, sealed_url,
    owner_id, owner_name, channel_id, channel_name, state, history_from, created_at, next_sync_at)
    values (4, 'slack:T1', 1, 'Lucky', 'affilka', 'lucky.example', 'f', 't', '', '', 'U1', 'Ann', 'C1', 'c', 'active',
    '2026-11-01', '${now}', '${now}')`,
  ...[1, 2, 3].map(
    (
      id,
    ) => `insert into sync_runs (id, offer_id, reason, "from", "to", state, started_at, ended_at, pages, rows, changes)
      values (${id}, 4, 'schedule', '2026-11-14', '2026-11-16', 'good', '${now}', '${now}', 1, 1, 0)`,
  ),
  ...(
    [
      ['2026-11-14', 'a', 'null', 1],
      ['2026-11-15', 'b', "'2026-11-15'", 2],
      ['2026-11-16', 'c', "'2026-11-16'", 2],
    ] as const
  ).map(
    ([day, hash, rates, run]) => `insert into offer_days
      (offer_id, day, state, first_reported_at, changed_at, read_at, hash, rates_date, run_id)
      values (4, '${day}', 'reported', '${now}', '${now}', '${now}', '${hash}', ${rates}, ${run})`,
  ),
  `insert into jobs (kind, payload, offer_id, lane, key, state, run_at, attempt)
    values ('sync', '{}', 4, 'token:t', 'sync', 'waiting', '${now}', 0)`,
  `insert into jobs (kind, payload, offer_id, lane, key, state, run_at, attempt)
    values ('other', '{}', null, 'other', 'other', 'waiting', '${now}', 0)`,
];
