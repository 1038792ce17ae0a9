import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../db/open.js';
import { addDays } from '../../src/dates.js';
import { reading, sourceRow, storeOffer } from '../support/stored.js';
import { type Line, line } from './table.js';

const rows = 50_000;
const offers = 20;
const days = Array.from({ length: 90 }, (_, index) => addDays('2026-08-18', index));
const columns = ['offer_id', 'day', 'dimension_id', 'clicks', 'registrations', 'ftds', 'ngr'] as const;

/** Rows a second by the bot's own way in, and by bare ways that check and keep nothing. */
export async function benchRows(url: string): Promise<Line[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const copy = await byCopy(client);
    const insert = await byInsert(client);
    const first = await byReadings(url);
    return [
      line('rows a second by bare COPY', '', copy),
      line('rows a second by bare multi-row insert', '', insert),
      line('rows a second by a first reading, all kept and compared', '', first),
      line('a first reading', 'bare multi-row insert', first / insert),
      line('a first reading', 'bare COPY', first / copy),
    ];
  } finally {
    await client.end();
  }
}

function madeRow(index: number): (string | number)[] {
  return [1, days[index % days.length] ?? '', index, 10, 3, 1, index * 7];
}

async function onTable(client: pg.Client, fill: () => Promise<unknown>): Promise<number> {
  await client.query(
    'create table bare (offer_id bigint, day text collate "C", dimension_id bigint, clicks bigint, registrations bigint, ftds bigint, ngr bigint, primary key (offer_id, day, dimension_id))',
  );
  const began = performance.now();
  await fill();
  const ms = performance.now() - began;
  await client.query('drop table bare');
  return (rows / ms) * 1000;
}

/** The server reads the file itself: nothing is faster. */
async function byCopy(client: pg.Client): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-copy-'));
  chmodSync(folder, 0o755);
  const file = join(folder, 'rows.csv');
  const text = Array.from({ length: rows }, (_, index) => madeRow(index).join(',')).join('\n');
  writeFileSync(file, text, { mode: 0o644 });
  const speed = await onTable(client, () => client.query(`copy bare from '${file}' with (format csv)`));
  rmSync(folder, { recursive: true, force: true });
  return speed;
}

const perInsert = 1000;

function byInsert(client: pg.Client): Promise<number> {
  return onTable(client, async () => {
    for (let start = 0; start < rows; start += perInsert) {
      const values: (string | number)[] = [];
      const marks = Array.from({ length: perInsert }, (_, index) => {
        values.push(...madeRow(start + index));
        const from = index * columns.length;
        return `(${columns.map((_column, column) => `$${from + column + 1}`).join(', ')})`;
      });
      await client.query(`insert into bare values ${marks.join(', ')}`, values);
    }
  });
}

async function byReadings(url: string): Promise<number> {
  const { stores, close } = await openDatabase(url);
  const source = days.flatMap((day, index) =>
    [1, 2, 3, 4].map((campaign) => {
      const given = { clicks: 10, registrations: 3, ftds: 1, ngr: BigInt(index * 1000 + campaign) };
      return sourceRow(day, given, { campaignId: `c${campaign}`, campaign: `Campaign ${campaign}` });
    }),
  );
  const ids: number[] = [];
  for (let index = 0; index < offers; index += 1) {
    ids.push((await storeOffer(stores, { name: `Rows ${index}`, fingerprint: `rows-${index}` })).id);
  }
  const began = performance.now();
  for (const id of ids) await stores.figures.apply(reading(id, '2026-11-16T08:00:00.000Z', days, source));
  const ms = performance.now() - began;
  await close();
  return ((offers * source.length) / ms) * 1000;
}
