import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sortRows } from './book-row.js';
import { type Programme, startProgramme } from './programme.js';
import { cellsOf, readPage } from './read-affilka.js';
import type { ReferonLink } from './report-links.js';

const now = '2026-11-19T08:20:00.000Z';
const window = { from: '2026-10-01', to: '2026-10-14' };
let programme: Programme;

beforeAll(async () => {
  programme = await startProgramme({ now: () => now, perPage: 1000 });
});
afterAll(() => programme.close());

async function download(link: ReferonLink): Promise<Buffer> {
  const answer = await fetch(programme.urls.referonExportUrl({ ...window, ...link }));
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

type Line = Record<string, unknown>;

function csvLines(text: string, delimiter = ','): Line[] {
  return parse(text, { columns: true, bom: true, delimiter });
}

async function sheetLines(body: Buffer): Promise<Line[]> {
  const [headings = [], ...rows] = await readSheet(body);
  return rows.map((row) => Object.fromEntries(headings.map((heading, at) => [String(heading), row[at]])));
}

/** Day, names and three figures of a line, with numbers in any of the styles read as numbers. */
function essence(line: Line): unknown[] {
  const number = (value: unknown) => {
    const text = String(value).replace(/[€\u00a0]/g, '');
    const decimalComma = /,\d{2}$/.test(text);
    return Number(decimalComma ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''));
  };
  const date = line.Date;
  const day = date instanceof Date ? date.toISOString() : String(date);
  return [
    day.slice(0, 10),
    line['Brand Name'],
    line['Media Item Name'],
    number(line['FTD Count']),
    number(line.NGR),
    number(line['Total Reward']),
  ];
}

test('CSV, XLSX and JSON of one window carry the same figures, and Affilka carries them too', async () => {
  const csv = csvLines((await download({})).toString()).map(essence);
  const sheet = await sheetLines(await download({ format: { kind: 'xlsx' } }));
  const dates = await sheetLines(await download({ format: { kind: 'xlsx', dates: 'sheet-date' } }));
  const json = JSON.parse((await download({ format: { kind: 'json' } })).toString());
  const feed = await readPage(programme.urls.affilkaReportUrl({ ...window, currency: null }));
  const euros = feed.rows.data.map(cellsOf).filter((cells) => cells.currency === 'EUR');

  expect(csv).toHaveLength(14 * 5);
  expect(sheet.map(essence)).toEqual(csv);
  expect(dates.map(essence)).toEqual(csv);
  expect(json.data.map(essence)).toEqual(csv);
  expect(euros.map((cells) => [String(cells.date).slice(0, 10), cells.first_deposits_count])).toEqual(
    csv.map(([day, , , ftds]) => [day, ftds]),
  );
});

test.each([
  ['semicolons, every cell quoted, byte order mark', { delimiter: ';', quoting: 'all', byteOrderMark: true }],
  ['tabs and Windows line ends', { delimiter: '\t', lineEnd: '\r\n' }],
  ['thousands marked by commas', { numbers: 'comma-thousands' }],
  ['decimal commas and spaces', { numbers: 'space-comma' }],
  ['decimal commas and points', { numbers: 'dot-comma', delimiter: ';' }],
  ['currency signs', { numbers: 'signed' }],
] as const)('a CSV with %s carries the same figures', async (_name, format) => {
  const plain = csvLines((await download({})).toString()).map(essence);
  const delimiter = 'delimiter' in format ? format.delimiter : ',';
  const styled = csvLines((await download({ format })).toString(), delimiter).map(essence);
  expect(styled).toEqual(plain);
});

test('a CSV in UTF-16 starts with its mark and holds the same text', async () => {
  const body = await download({ format: { encoding: 'utf-16le' } });
  expect([...body.subarray(0, 2)]).toEqual([0xff, 0xfe]);
  expect(body.toString('utf16le').slice(1)).toBe((await download({})).toString());
});

test('JSON rows stand bare or under a name', async () => {
  const wrapped = JSON.parse((await download({ format: { kind: 'json', wrapper: 'items' } })).toString());
  const bare = JSON.parse((await download({ format: { kind: 'json', wrapper: null } })).toString());
  expect(wrapped.items).toEqual(bare);
});

test('the date column can be renamed, unnamed or gone, and headings drift', async () => {
  const headings = async (link: ReferonLink) =>
    (await download(link)).toString().split('\n')[0]?.split(',') ?? [];
  expect((await headings({ format: { dateHeading: 'Day' } }))[0]).toBe('Day');
  expect((await headings({ format: { dateHeading: '' } }))[0]).toBe('');
  expect((await headings({ format: { dateHeading: null } }))[0]).toBe('Brand ID');
  expect((await headings({ split: 'none', groups: [] }))[0]).toBe('Banner View Count');
  expect(await headings({ format: { labels: 'drifted' } })).toContain('FTD_COUNT');
});

test('a totals row closes the file and sums what stands above it', async () => {
  const lines = csvLines((await download({ format: { totals: 'labelled' } })).toString());
  const total = lines.at(-1);
  const sum = lines.slice(0, -1).reduce((all, line) => all + Number(line['FTD Count']), 0);
  expect(total?.Date).toBe('Total');
  expect(Number(total?.['FTD Count'])).toBe(sum);
});

test('the filter and the currency of a preset leave other rows out', async () => {
  const lines = csvLines((await download({ brands: ['17'], currency: 'JPY' })).toString());
  expect(lines).toHaveLength(14);
  expect(new Set(lines.map((line) => line['Brand Name']))).toEqual(new Set(['Bella Vegas']));
  expect(lines.every((line) => /^-?\d+$/.test(String(line.NGR)))).toBe(true);
});

test('a figure that the source does not have is written as missing, not as zero', async () => {
  const books = programme.books;
  const row = books.row('2026-10-01', '12', '3456', 'EUR', now);
  if (!row) throw new Error('the row is there');
  books.set('2026-10-01', '12', '3456', 'EUR', { ...row.figures, ngr: null });
  const day = { from: '2026-10-01', to: '2026-10-01' };
  const cells = await Promise.all(
    (['', '-', 'N/A'] as const).map(async (missing) => {
      return csvLines((await download({ ...day, format: { missing } })).toString())[0]?.NGR;
    }),
  );
  const feed = await readPage(programme.urls.affilkaReportUrl({ ...day, currency: null }));
  books.restoreDay('2026-10-01');

  expect(cells).toEqual(['', '-', 'N/A']);
  expect(feed.rows.data.map(cellsOf)[0]?.ngr).toBeNull();
});

test('the expected rows of a link are what its report holds', async () => {
  const url = programme.urls.affilkaReportUrl({
    ...window,
    currency: null,
    columns: ['visits_count', 'ngr'],
  });
  const rows = programme.expectedRows(url, { ...window, now });
  const whole = programme.books.rows({ ...window, now });
  const export_ = programme.urls.referonExportUrl({ ...window, columns: ['Click Count', 'NGR'] });
  const exported = programme.expectedRows(export_, { ...window, now });

  expect(rows.map((row) => row.figures.ngr)).toEqual(sortRows(whole).map((row) => row.figures.ngr));
  expect(rows.every((row) => row.figures.ftds === null)).toBe(true);
  expect(exported).toHaveLength(14 * 5);
  expect(exported[0]?.figures.clicks).toBeGreaterThan(rows[0]?.figures.clicks ?? 0);
});

test('ReferOn knows nothing that came after its daily push', async () => {
  const daily = await startProgramme({ now: () => now, referonPushHour: 6 });
  const same = await startProgramme({ now: () => '2026-11-19T06:00:00.000Z' });
  const read = async (from: Programme) =>
    (await fetch(from.urls.referonExportUrl({ from: '2026-11-17', to: '2026-11-19' }))).text();
  const [pushed, atPush] = [await read(daily), await read(same)];
  await Promise.all([daily.close(), same.close()]);
  expect(pushed).toBe(atPush);
});
