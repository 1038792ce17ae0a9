import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byteFaults, type FaultName, type FaultSettings, refusals, type replacements } from './faults.js';
import { type Programme, startProgramme } from './programme.js';

let programme: Programme;
let now: string;

beforeEach(async () => {
  now = '2026-11-19T08:20:00.000Z';
  programme = await startProgramme({ now: () => now });
});
afterEach(() => programme.close());

const window = { from: '2026-10-01', to: '2026-10-07' };

async function ask(url = programme.urls.affilkaReportUrl({ ...window, currency: null })) {
  const { statusCode, headers, body } = await request(url);
  return { status: statusCode, headers, body: Buffer.from(await body.arrayBuffer()) };
}

async function askWith(name: FaultName, settings: FaultSettings = {}) {
  programme.faults.set(name, settings);
  const answer = await ask();
  programme.faults.clear();
  return answer;
}

test.each([
  ['status-401', 401],
  ['status-403', 403],
  ['status-404', 404],
  ['status-429', 429],
  ['status-500', 500],
  ['status-502', 502],
  ['status-503', 503],
  ['login-redirect', 302],
  ['foreign-redirect', 302],
  ['redirect-loop', 302],
  ['login-page', 200],
  ['json-error', 200],
] as const satisfies readonly (readonly [(typeof replacements)[number], number])[])(
  '%s answers %i on both platforms',
  async (name, status) => {
    programme.faults.set(name);
    const other = await ask(programme.urls.referonExportUrl());
    const answer = await askWith(name);
    expect([answer.status, other.status]).toEqual([status, status]);
    expect(answer.body.toString()).not.toContain('"rows"');
  },
);

test('Retry-After is sent as seconds or as a date', async () => {
  const date = 'Thu, 19 Nov 2026 08:30:00 GMT';
  expect((await askWith('status-429', { retryAfter: 7 })).headers['retry-after']).toBe('7');
  expect((await askWith('status-503', { retryAfter: date })).headers['retry-after']).toBe(date);
});

test('a fault strikes the next requests only, after some that pass, of its platform and token', async () => {
  const { faults, urls, issueToken } = programme;
  const status = async (url: string) => (await ask(url)).status;
  faults.set('status-500', { next: 2, after: 1, platform: 'affilka' });
  const affilka = urls.affilkaReportUrl(window);
  expect(await status(urls.referonExportUrl(window))).toBe(200);
  expect([
    await status(affilka),
    await status(affilka),
    await status(affilka),
    await status(affilka),
  ]).toEqual([200, 500, 500, 200]);
  const token = issueToken();
  faults.set('status-502', { token });
  expect([await status(affilka), await status(urls.affilkaReportUrl({ token }))]).toEqual([200, 502]);
});

test('a request that hangs stays open until its reader goes away', async () => {
  programme.faults.set('hang');
  const leaving = new AbortController();
  const waiting = request(programme.urls.affilkaReportUrl(), { signal: leaving.signal });
  const gone = expect(waiting).rejects.toThrow();
  await expect.poll(() => programme.requests.open(programme.tokens.affilka)).toBe(1);
  leaving.abort();
  await gone;
  await expect.poll(() => programme.requests.open(programme.tokens.affilka)).toBe(0);
});

test('a dripping answer comes byte by byte and never ends', async () => {
  programme.faults.set('drip', { everyMs: 1 });
  const { body } = await request(programme.urls.affilkaReportUrl(window));
  const pieces: Buffer[] = [];
  for await (const piece of body) {
    pieces.push(piece);
    if (pieces.length === 20) break;
  }
  expect(Buffer.concat(pieces).toString()).toContain('{"report');
  expect(Buffer.concat(pieces).length).toBeLessThan(200);
});

test('a reset connection and a length that is too long break off in the body', async () => {
  await expect(askWith('reset')).rejects.toThrow();
  programme.faults.clear();
  await expect(askWith('content-length-too-long')).rejects.toThrow();
});

test('a length that is too short cuts the report', async () => {
  programme.faults.set('content-length-too-short');
  const { body } = await request(programme.urls.affilkaReportUrl(window));
  const read = body.text().then((text) => JSON.parse(text));
  await expect(read).rejects.toThrow();
});

test.each(byteFaults.filter((name) => name !== 'latin1-body'))('%s leaves no readable JSON', async (name) => {
  const { status, body } = await askWith(name);
  expect(status).toBe(200);
  const read = () => {
    const report = JSON.parse(body.toString('utf8'));
    if (!Array.isArray(report.rows?.data)) throw new Error('no rows');
  };
  expect(read).toThrow();
});

test('a bomb is small and inflates beyond any limit, and a doubled gzip hides the report twice', async () => {
  const bomb = await askWith('gzip-bomb', { mebibytes: 40 });
  const twice = await askWith('gzip-in-gzip');
  expect(bomb.headers['content-encoding']).toBe('gzip');
  expect(bomb.body.length).toBeLessThan(1024 * 1024);
  expect(gunzipSync(bomb.body).length).toBe(40 * 1024 * 1024);
  expect(JSON.parse(gunzipSync(gunzipSync(twice.body)).toString()).rows.data).toHaveLength(77);
});

test('Latin-1 bytes under the name of UTF-8 spoil the name with an accent', async () => {
  const { body } = await askWith('latin1-body');
  expect(body.toString('utf8')).toContain('Caf\ufffd Royal');
});

test('a huge body is larger than eight mebibytes', async () => {
  expect((await askWith('huge-body')).body.length).toBe(12 * 1024 * 1024);
});

test.each(refusals)('a token that is not good can be answered by %s on both platforms', async (refusal) => {
  const { urls, faults } = programme;
  const links = [
    urls.affilkaReportUrl({ token: 'test-token-none' }),
    urls.referonExportUrl({ token: 'test-token-none' }),
  ];
  faults.refuseWith('affilka', refusal);
  faults.refuseWith('referon', refusal);
  const refused = await Promise.all(links.map((link) => ask(link)));
  faults.set(refusal);
  const replaced = await Promise.all([urls.affilkaReportUrl(), urls.referonExportUrl()].map(ask));
  const essence = ({ status, body }: { status: number; body: Buffer }) => [status, body.toString()];
  expect(refused.map(essence)).toEqual(replaced.map(essence));
});
