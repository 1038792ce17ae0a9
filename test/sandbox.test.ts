import { request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import type { Instant } from '../src/dates.js';
import { usualColumns } from './sandbox/affilka-columns.js';
import { type Programme, type ProgrammeOptions, startProgramme } from './sandbox/programme.js';
import { cellsOf, readAllRows, readPage } from './sandbox/read-affilka.js';

const now: Instant = '2026-11-19T08:20:00.000Z';
const running: Programme[] = [];

async function sandbox(options: Partial<ProgrammeOptions> = {}): Promise<Programme> {
  const programme = await startProgramme({ now: () => now, ...options });
  running.push(programme);
  return programme;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((programme) => programme.close()));
});

test('the Affilka feed answers rows of cells with the group names changed and money as an object', async () => {
  const { urls, books } = await sandbox();
  const page = await readPage(
    urls.affilkaReportUrl({ from: '2026-10-01', to: '2026-10-01', currency: null }),
  );
  const row = books.row('2026-10-01', '12', '3456', 'EUR', now);
  const first = page.rows.data.map(cellsOf).find((cells) => cells.campaign_id === 3456);

  expect(first).toMatchObject({
    date: '2026-10-01T00:00:00.000Z',
    brand_id: 12,
    campaign_id: 3456,
    currency: 'EUR',
    visits_count: row?.figures.clicks,
    first_deposits_count: row?.figures.ftds,
    ngr: { currency: 'EUR', amount: row?.figures.ngr },
  });
  expect(page.relations.brands.map((brand) => brand.name)).toContain('Café Royal');
});

test('cents are written in the smallest unit of each currency', async () => {
  const { urls } = await sandbox();
  const rows = await readAllRows(
    urls.affilkaReportUrl({ from: '2026-10-01', to: '2026-10-01', currency: null, columns: ['ngr'] }),
  );
  for (const [currency, decimals] of [
    ['EUR', 2],
    ['JPY', 0],
    ['BTC', 8],
  ] as const) {
    const ngr = rows.find((row) => row.currency === currency)?.ngr as Record<string, string>;
    expect(ngr.amount?.split('.')[1]?.length ?? 0).toBe(decimals);
    expect(ngr.amount_cents).toBe(`${BigInt(ngr.amount?.replace('.', '') ?? '')}.0`);
  }
});

test('without conversion each currency has its row, with conversion there is one', async () => {
  const { urls } = await sandbox();
  const window = { from: '2026-10-01', to: '2026-10-03' };
  const own = await readAllRows(urls.affilkaReportUrl({ ...window, currency: null }));
  const converted = await readAllRows(urls.affilkaReportUrl({ ...window, currency: 'EUR' }));

  expect(new Set(own.map((row) => row.currency))).toEqual(new Set(['EUR', 'USDT', 'SEK', 'JPY', 'BTC']));
  expect(new Set(converted.map((row) => row.currency))).toEqual(new Set(['EUR']));
  expect(converted).toHaveLength(3 * 5);
});

test('converted amounts depend on the day of the rates and on nothing else', async () => {
  const { urls } = await sandbox();
  const link = urls.affilkaReportUrl({ from: '2026-10-01', to: '2026-10-03' });
  const rated = (day: string) =>
    readAllRows(link.replace(/exchange_rates_date=[\d-]+/, `exchange_rates_date=${day}`));

  expect(await rated('2026-10-04')).toEqual(await rated('2026-10-04'));
  expect(await rated('2026-10-04')).not.toEqual(await rated('2026-10-05'));
});

test('a column that is not asked for or not enabled has no cell', async () => {
  const enabled = usualColumns.filter((column) => column !== 'ngr');
  const { urls } = await sandbox({ enabledColumns: enabled });
  const [row] = await readAllRows(urls.affilkaReportUrl({ columns: ['visits_count', 'ngr'] }));
  expect(Object.keys(row ?? {})).toEqual(['date', 'brand_id', 'campaign_id', 'currency', 'visits_count']);
});

test('the customer API takes the bare token in the header and refuses Bearer and no header', async () => {
  const { urls, origin } = await sandbox();
  const { url, token } = urls.affilkaCustomerUrl();
  const status = async (headers: Record<string, string>) => (await fetch(url, { headers })).status;

  expect(url).not.toContain(token);
  expect(await status({ authorization: token })).toBe(200);
  expect(await status({ authorization: `Bearer ${token}` })).toBe(401);
  expect(await status({})).toBe(401);
  const attributes = await fetch(`${origin}/api/customer/v1/partner/report/attributes`, {
    headers: { authorization: token },
  });
  expect(await attributes.json()).toMatchObject({
    available_columns: expect.arrayContaining(usualColumns),
    available_groupers: expect.arrayContaining(['day', 'brand', 'campaign']),
  });
});

test('all pages together hold what one large page holds', async () => {
  const small = await sandbox({ perPage: 7 });
  const large = await sandbox({ perPage: 1000 });
  const window = { from: '2026-09-01', to: '2026-09-30', currency: null };
  const last = await readPage(small.urls.affilkaReportUrl({ ...window, page: 2 }));

  expect(await readAllRows(small.urls.affilkaReportUrl(window))).toEqual(
    await readAllRows(large.urls.affilkaReportUrl(window)),
  );
  expect(last).toMatchObject({ current_page: 2, total_pages: 48, current_per_page: 7, total_count: 330 });
});

test('an expired token is refused in the way that was chosen, and a new one is taken', async () => {
  const { urls, faults, expireToken, issueToken } = await sandbox();
  const token = issueToken();
  expireToken(token);
  const answer = async () => {
    const { statusCode, headers, body } = await request(urls.affilkaReportUrl({ token }));
    return { status: statusCode, location: headers.location, text: await body.text() };
  };

  expect(await answer()).toMatchObject({ status: 401 });
  faults.refuseWith('affilka', 'login-redirect');
  expect(await answer()).toMatchObject({ status: 302, location: '/partner/login' });
  faults.refuseWith('affilka', 'login-page');
  expect(await answer()).toMatchObject({ status: 200, text: expect.stringContaining('<form') });
  faults.refuseWith('affilka', 'json-error');
  expect(await answer()).toMatchObject({ status: 200, text: expect.stringContaining('error') });
  expect((await fetch(urls.affilkaReportUrl({ token: issueToken() }))).status).toBe(200);
});

test('the ReferOn export needs its dates, its flag, its preset and its token byte for byte', async () => {
  const { urls, tokens } = await sandbox();
  const status = async (url: string) => (await fetch(url)).status;
  const good = urls.referonExportUrl();

  expect(tokens.referon).toMatch(/\+.*\/.*==$/);
  expect(await status(good)).toBe(200);
  expect(await status(good.replace('+', '%2B'))).toBe(403);
  expect(await status(urls.referonExportUrl({ token: 'test-token-other' }))).toBe(403);
  expect(await status(urls.referonExportUrl({ from: null }))).toBe(400);
  expect(await status(urls.referonExportUrl({ download: false }))).toBe(400);
  expect(await status(urls.referonExportUrl({ id: '1' }))).toBe(404);
});

test('a token of one platform opens nothing at the other', async () => {
  const { urls, tokens } = await sandbox();
  expect((await fetch(urls.affilkaReportUrl({ token: tokens.referon }))).status).toBe(401);
  expect((await fetch(urls.referonExportUrl({ token: tokens.affilka }))).status).toBe(403);
});

test('the same seed gives the same bytes, another seed others', async () => {
  const options = { from: '2026-08-01', to: '2026-10-31', currency: null } as const;
  const [one, same, other] = await Promise.all(
    ['a', 'a', 'b'].map(async (seed) => {
      const programme = await sandbox({ seed });
      return (await fetch(programme.urls.affilkaReportUrl(options))).text();
    }),
  );
  expect(one).toBe(same);
  expect(one).not.toBe(other);
});

test('reports are for reading only', async () => {
  const { urls } = await sandbox();
  expect((await fetch(urls.affilkaReportUrl(), { method: 'POST' })).status).toBe(405);
});

test('the dashboard is a page and not a report', async () => {
  const { urls } = await sandbox();
  const answer = await fetch(urls.dashboardUrl());
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(await answer.text()).toContain('Export report');
});
