import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { answerQuestions } from './child.js';
import { inParallel, loadLink, type Step, timed } from './step.js';

// What a competent person writes in an hour: fetch, JSON.parse, upserts with better-sqlite3. It makes none of our promises.
let folder = '';
let db: BetterSqlite.Database | null = null;
let links: string[] = [];
const columns = [
  ...['visits_count', 'registrations_count', 'first_deposits_count', 'depositing_players_count'],
  ...['prequalified_players_count', 'qualified_players_count', 'first_deposits_sum', 'deposits_sum'],
  ...['ngr', 'partner_income', 'fixed_per_player'],
];

function open(): BetterSqlite.Database {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-bench-'));
  const opened = new BetterSqlite(join(folder, 'script.db'));
  opened.pragma('journal_mode = WAL');
  opened.pragma('synchronous = NORMAL');
  opened.exec(`create table figures (offer integer, day text, brand text, campaign text, currency text,
    ${columns.map((name) => `${name} real`).join(', ')}, primary key (offer, day, brand, campaign, currency))`);
  return opened;
}

interface Cell {
  readonly name: string;
  readonly value: unknown;
}

function store(opened: BetterSqlite.Database, offer: number, rows: readonly (readonly Cell[])[]): void {
  const put = opened.prepare(`insert into figures values (${Array(columns.length + 5)
    .fill('?')
    .join(', ')})
    on conflict do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`);
  opened.transaction(() => {
    for (const row of rows) {
      const cells = Object.fromEntries(row.map((cell) => [cell.name, cell.value]));
      const values = columns.map((name) => {
        const value = cells[name] as { amount?: string } | number | null | undefined;
        return typeof value === 'object' && value !== null ? Number(value.amount) : (value ?? null);
      });
      const day = String(cells.date).slice(0, 10);
      put.run(
        offer,
        day,
        String(cells.brand_id),
        String(cells.campaign_id),
        String(cells.currency),
        ...values,
      );
    }
  })();
}

answerQuestions<Step, unknown>(async (step) => {
  if (step.do === 'open') {
    db = open();
    links = Array.from({ length: step.offers }, (_, index) => loadLink(step.port, step.platform, index));
    return 'opened';
  }
  if (step.do === 'close') {
    db?.close();
    rmSync(folder, { recursive: true, force: true });
    return 'closed';
  }
  if (step.do !== 'sync') return 'no such thing';
  return timed(() =>
    inParallel(links, step, async (link, index) => {
      const answer = await fetch(link);
      const report = JSON.parse(await answer.text());
      if (db) store(db, index, report.rows.data);
    }),
  );
});
