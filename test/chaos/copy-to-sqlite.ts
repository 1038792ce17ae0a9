import { rmSync } from 'node:fs';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { openDatabase } from '../../db/open.js';
import { rowsOn } from '../support/postgres-server.js';

const compared = ['outbox', 'digest_schedules', 'incidents', 'sync_runs'];

/** What a run is judged by, as a SQLite file, so that one judge does for both databases. */
export async function copyToSqlite(url: string, queue: string, file: string): Promise<void> {
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
  await (await openDatabase(file)).close();
  const database = new BetterSqlite(file);
  database.pragma('foreign_keys = OFF');
  const add = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    const columns = names.map((name) => `"${name}"`).join(', ');
    database
      .prepare(`insert into ${table} (${columns}) values (${names.map(() => '?').join(', ')})`)
      .run(...names.map((name) => row[name]));
  };
  for (const table of compared) {
    for (const row of await rowsOn(url, `select * from ${table}`)) add(table, row);
  }
  const jobs = await rowsOn(
    url,
    `select id, key, run_at, locked_at, flags from ${queue}.jobs where attempts < max_attempts`,
  );
  for (const { id, key, run_at: runAt, locked_at: lockedAt } of jobs) {
    const state = lockedAt === null ? 'waiting' : 'running';
    const at = (runAt as Date).toISOString();
    add('jobs', { id, kind: 'sync', payload: '{}', lane: `lane ${id}`, key, state, run_at: at, attempt: 0 });
  }
  database.close();
}
