import { request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import type { Instant } from '../../src/dates.js';
import { type Programme, type ProgrammeOptions, startProgramme } from './programme.js';
import { readPage } from './read-affilka.js';

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

test('a second request with one token while the first is open gets 429, other tokens do not', async () => {
  const { urls, requests, faults, tokens, issueToken } = await sandbox();
  faults.set('hang', { next: 1 });
  const leaving = new AbortController();
  const first = request(urls.affilkaReportUrl(), { signal: leaving.signal });
  const gone = expect(first).rejects.toThrow();
  await expect.poll(() => requests.open(tokens.affilka)).toBe(1);
  const second = await fetch(urls.affilkaReportUrl());
  const other = await fetch(urls.affilkaReportUrl({ token: issueToken() }));
  leaving.abort();
  await gone;

  expect([second.status, second.headers.get('retry-after'), other.status]).toEqual([429, '1', 200]);
  expect(requests).toMatchObject({ total: 3, peak: 2, peakPerToken: 2 });
});

test('with a latency every answer waits that long', async () => {
  const { urls, setLatency } = await sandbox();
  setLatency(25);
  const start = performance.now();
  await Promise.all([fetch(urls.affilkaReportUrl()), fetch(urls.referonExportUrl())]);
  expect(performance.now() - start).toBeGreaterThanOrEqual(24);
});

test('the log keeps when, where, with which token and what was asked', async () => {
  const { urls, requests, tokens } = await sandbox();
  await fetch(urls.affilkaReportUrl({ from: '2026-11-01', to: '2026-11-02' }));
  expect(requests.entries).toMatchObject([
    {
      at: now,
      path: '/api/client/partner/report.json',
      token: tokens.affilka,
      params: { from: ['2026-11-01'], 'group_by[]': ['day', 'brand', 'campaign'] },
      status: 200,
    },
  ]);
});

test('a report that is rendered once is the same for every token and follows no clock', async () => {
  let time = now;
  const { urls, issueToken, prerender } = await sandbox({ now: () => time, rendersOnce: true });
  const window = { from: '2026-11-17', to: '2026-11-18', currency: null };
  prerender([urls.affilkaReportUrl(window)]);
  time = '2026-11-25T08:00:00.000Z';
  const first = await readPage(urls.affilkaReportUrl(window));
  const second = await readPage(urls.affilkaReportUrl({ ...window, token: issueToken() }));
  const fresh = await readPage((await sandbox({ now: () => time })).urls.affilkaReportUrl(window));

  expect(second).toEqual(first);
  expect(fresh).not.toEqual(first);
  expect((await fetch(urls.affilkaReportUrl({ ...window, token: 'test-token-none' }))).status).toBe(401);
});
