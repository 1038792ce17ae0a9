import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createAnswerRest, createApi, createRest } from '../../adapters/discord/api.js';
import { attachedFiles } from '../../adapters/discord/attached-file.js';

/** Answers everything at once, and counts. */
async function startCounter() {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume();
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, calls: () => calls };
}

test('first answers do not wait for the 50 requests a second that others may make', async () => {
  const { apiUrl, calls } = await startCounter();
  const rest = createRest(apiUrl, 'test-token-bot');
  const api = createApi(rest, createAnswerRest(apiUrl));
  const answer = { type: 5 } as const;

  const started = performance.now();
  await Promise.all(
    Array.from({ length: 200 }, (_, index) => api.answer({ id: String(index), token: 'test-token' }, answer)),
  );

  expect(calls()).toBe(200);
  // Counted, they would take three seconds at least.
  expect(performance.now() - started).toBeLessThan(2_900);
  expect(rest.globalRemaining).toBe(50);
});

test('an attachment is fetched from Discord alone', async () => {
  const { apiUrl, calls } = await startCounter();

  const elsewhere = attachedFiles(null)({ size: 1, url: new URL('/attachments/1/a.csv', apiUrl).href });

  await expect(elsewhere.fetch()).rejects.toMatchObject({ problem: { code: 'command.file-not-fetched' } });
  expect(calls()).toBe(0);
});
