import { request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentFaults, type FaultName, variations } from './faults.js';
import { type Programme, startProgramme } from './programme.js';
import { cellsOf, readAllRows, readPage } from './read-affilka.js';

const now = '2026-11-19T08:20:00.000Z';
const window = { from: '2026-10-01', to: '2026-10-07' };
let programme: Programme;

beforeEach(async () => {
  programme = await startProgramme({ now: () => now });
});
afterEach(() => programme.close());

async function bytesOf(url: string): Promise<Buffer> {
  const { body } = await request(url);
  return Buffer.from(await body.arrayBuffer());
}

test('every wrong content changes the Affilka report, and the ReferOn file but for paging', async () => {
  const small = await startProgramme({ now: () => now, perPage: 20 });
  const feed = small.urls.affilkaReportUrl({ ...window, page: 2 });
  const file = small.urls.referonExportUrl(window);
  const [goodFeed, goodFile] = [await bytesOf(feed), await bytesOf(file)];
  const paging: readonly FaultName[] = ['repeated-page', 'endless-pages'];
  for (const name of contentFaults) {
    small.faults.set(name);
    expect((await bytesOf(feed)).equals(goodFeed), name).toBe(false);
    expect((await bytesOf(file)).equals(goodFile), name).toBe(paging.includes(name));
    small.faults.clear();
  }
  await small.close();
});

test('words and odd dates stand where figures and days should', async () => {
  programme.faults.set('numbers-in-words');
  programme.faults.set('other-date-format');
  const [cells] = (await readPage(programme.urls.affilkaReportUrl(window))).rows.data.map(cellsOf);
  expect(cells?.date).toBe('1 Oct 26');
  expect(cells?.visits_count).toMatch(/^(one|two|three|four|five|six|seven|eight|nine)/);
});

/** Key and NGR of each row, however its cells and its money are written. */
async function keysAndNgr(url: string): Promise<string[]> {
  const rows: string[] = [];
  for (let page = 1; page <= 20; page += 1) {
    const { rows: list } = await readPage(url.replace(/page=\d+/, `page=${page}`));
    for (const row of list.data) {
      const cells = Array.isArray(row) ? cellsOf(row) : (row as unknown as Record<string, unknown>);
      const ngr = cells.ngr as Record<string, string> | string | number;
      const cents = typeof ngr === 'object' ? Number(ngr.amount_cents) : Math.round(Number(ngr) * 100);
      rows.push([cells.date, cells.brand_id, cells.campaign_id, cents].join(' '));
    }
    if (list.data.length === 0) break;
  }
  return rows;
}

test.each(variations)('%s changes how a report is written and no figure in it', async (name) => {
  const url = programme.urls.affilkaReportUrl(window);
  const [plain, plainBody] = [await keysAndNgr(url), await bytesOf(url)];
  programme.faults.set(name);
  expect(await keysAndNgr(url)).toEqual(plain);
  expect((await bytesOf(url)).equals(plainBody)).toBe(false);
  expect(plain).toHaveLength(35);
});

test('strangers stand among the known cells', async () => {
  programme.faults.set('unknown-cells');
  const [row] = await readAllRows(programme.urls.affilkaReportUrl(window));
  expect(row).toHaveProperty('dynamic_tag_source', null);
});

test('money comes as text, as a number or as cents alone', async () => {
  const day = { from: '2026-10-01', to: '2026-10-01', columns: ['ngr'] };
  const ngr = async (name?: FaultName) => {
    programme.faults.clear();
    if (name) programme.faults.set(name);
    return (await readPage(programme.urls.affilkaReportUrl(day))).rows.data.map(cellsOf)[0]?.ngr;
  };
  const { amount, amount_cents } = (await ngr()) as Record<string, string>;
  expect(await ngr('money-as-text')).toBe(amount);
  expect(await ngr('money-as-number')).toBe(Number(amount));
  expect(await ngr('money-as-cents')).toEqual({ currency: 'EUR', amount_cents });
});

test('a report is cut into as many small pages as asked, and the totals can be left out', async () => {
  programme.faults.set('small-pages', { pages: 40 });
  const url = programme.urls.affilkaReportUrl({ from: '2026-08-01', to: '2026-10-31' });
  const page = await readPage(url);
  expect(page.total_pages).toBeGreaterThan(35);
  expect(page.total_pages).toBeLessThanOrEqual(40);
  programme.faults.set('missing-total-pages');
  expect(await readPage(url)).not.toHaveProperty('total_pages');
});
