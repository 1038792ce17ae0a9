import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { runOn, startPostgres } from '../support/postgres-server.js';
import { type Child, startChild } from './child.js';
import type { Span } from './load-pages.js';
import { benchQueue } from './queue-bench.js';
import { benchRows } from './rows-bench.js';
import type { WorkerStep } from './side-worker.js';
import type { StepAnswer } from './step.js';
import { type Line, line } from './table.js';

/** Three jobs of a host run at a time, so that several workers need several hosts. */
const hosts = 8;
/** What is read every hour. */
const hourlySpan: Span = { from: '2026-11-17', to: '2026-11-19' };

/** Workers on Postgres beside one process on SQLite, rows by every way in, and what the queue costs. */
export async function benchPostgres(offers: number): Promise<Line[]> {
  const server = await startPostgres({ safe: true });
  const loads = await Promise.all(Array.from({ length: hosts }, () => startChild<string>('load-server')));
  const ports = loads.map(({ first }) => first);
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-bench-'));
  try {
    const sqlite = await syncsOnSqlite(folder, ports, offers);
    const lines = [line('hourly syncs a second, one process on SQLite', '', sqlite)];
    for (const workers of [1, 2, 4]) {
      const schema = `workers_${workers}`;
      await runOn(server.url, `create schema ${schema}`);
      const url = new URL(server.url);
      url.searchParams.set('options', `-c search_path=${schema}`);
      const each = await syncsOnPostgres(url.href, folder, ports, offers, workers);
      lines.push(line(`hourly syncs, ${workers} on Postgres`, 'one process on SQLite', each / sqlite));
      lines.push(line(`hourly syncs a second, ${workers} on Postgres`, '', each));
    }
    return [...lines, ...(await benchRows(server.url)), ...(await benchQueue(server.url))];
  } finally {
    for (const { child } of loads) child.stop();
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

async function open(database: string, folder: string): Promise<Child> {
  const { child } = await startChild('side-worker');
  const step: WorkerStep = { do: 'open', database, keyFile: join(folder, 'keys', 'key.json') };
  await child.ask(step);
  return child;
}

const ask = <T>(child: Child, step: WorkerStep) => child.ask<T>(step);

async function syncsOnSqlite(folder: string, ports: readonly string[], offers: number): Promise<number> {
  const child = await open(`sqlite:${join(folder, 'data', 'tallyman.db')}`, folder);
  await ask(child, { do: 'add', offers, ports });
  await ask(child, { do: 'queue', span: hourlySpan });
  const { ms } = await ask<StepAnswer>(child, { do: 'work' });
  await ask(child, { do: 'close' });
  child.stop();
  return (offers / ms) * 1000;
}

async function syncsOnPostgres(
  url: string,
  folder: string,
  ports: readonly string[],
  offers: number,
  workers: number,
): Promise<number> {
  const children: Child[] = [];
  for (let worker = 0; worker < workers; worker += 1) children.push(await open(url, folder));
  const [first] = children;
  if (!first) throw new Error('no worker');
  await ask(first, { do: 'add', offers, ports });
  await ask(first, { do: 'queue', span: hourlySpan });
  // One that stays: opening one each time would take the server longer than the counting.
  const watching = new pg.Client({ connectionString: url });
  await watching.connect();
  const began = performance.now();
  await Promise.all(children.map((child) => ask(child, { do: 'work' })));
  for (;;) {
    const { rows } = await watching.query("select count(*) as good from sync_runs where state = 'good'");
    if (Number(rows[0]?.good) >= offers) break;
    await wait(20);
  }
  const ms = performance.now() - began;
  await watching.end();
  for (const child of children) {
    await ask(child, { do: 'rest' });
    await ask(child, { do: 'close' });
    child.stop();
  }
  return (offers / ms) * 1000;
}
