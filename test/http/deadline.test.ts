import { createServer } from 'node:net';
import type { buildConnector } from 'undici';
import { expect, test } from 'vitest';
import { client, httpServer, problemOf, rawServer } from './loopback.js';

const deadlineMs = 300;
const generousMs = 5_000;

async function expectDeadline(work: Promise<unknown>): Promise<void> {
  const start = performance.now();
  const error = await problemOf(work);
  expect(error.problem.code).toBe('probe.timed-out');
  expect(error.retry).toBe('later');
  expect(JSON.stringify(error.problem)).not.toContain('test-token');
  expect(performance.now() - start).toBeLessThan(generousMs);
}

test('ends in time when the resolver never answers', async () => {
  const guarded = client('', { resolve: () => new Promise(() => undefined) });

  await expectDeadline(guarded.get({ url: 'https://programme.example/?token=test-token-1', deadlineMs }));
});

test('ends in time when the connection is never made', async () => {
  const dial: buildConnector.connector = () => undefined;
  const guarded = client('', { resolve: async () => ['1.1.1.1'], dial });

  await expectDeadline(guarded.get({ url: 'https://programme.example/?token=test-token-1', deadlineMs }));
});

test('ends in time when the server never answers', async () => {
  const server = await httpServer(() => undefined);

  await expectDeadline(client(`127.0.0.1:${server.port}`).get({ url: server.origin, deadlineMs }));
});

test.each([
  ['headers', 'HTTP/1.1 200 OK\r\nX-Drip: '],
  ['a body', 'HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n'],
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n'],
])('ends in time when %s drip without end', async (_what, opening) => {
  const server = await rawServer((socket) => {
    socket.write(opening);
    const drip = setInterval(() => socket.write('a'), 20);
    socket.on('close', () => clearInterval(drip));
  });

  await expectDeadline(client(`127.0.0.1:${server.port}`).get({ url: server.origin, deadlineMs }));
});

test('counts the time of redirects in', async () => {
  let hops = 0;
  const server = await httpServer((_, response) => {
    if (++hops > 2) return;
    setTimeout(() => response.writeHead(302, { location: `/${hops}` }).end(), 60);
  });

  await expectDeadline(client(`127.0.0.1:${server.port}`).get({ url: server.origin, deadlineMs }));
  expect(hops).toBe(3);
});

test('keeps the refusal of a server whose error page drips', async () => {
  const server = await rawServer((socket) => {
    socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 99999\r\n\r\n');
  });

  const answer = await client(`127.0.0.1:${server.port}`).get({ url: server.origin, deadlineMs });

  expect(answer.status).toBe(401);
});

test('is well again after a request that timed out', async () => {
  let asked = 0;
  const server = await httpServer((_, response) => {
    if (++asked > 3) response.end('figures');
  });
  const guarded = client(`127.0.0.1:${server.port}`);
  const stuck = [1, 2, 3].map(() => problemOf(guarded.get({ url: server.origin, deadlineMs })));
  await Promise.all(stuck);
  asked = 3;

  expect((await guarded.get({ url: server.origin })).status).toBe(200);
});

test('opens four connections to a host at most, as many as are read at a time', async () => {
  const server = await httpServer((_, response) => setTimeout(() => response.end('figures'), 20));
  const guarded = client(`127.0.0.1:${server.port}`);

  const answers = await Promise.all(Array.from({ length: 8 }, () => guarded.get({ url: server.origin })));

  expect(answers.every((answer) => answer.status === 200)).toBe(true);
  expect(server.connections()).toBeLessThanOrEqual(4);
});

test('says that a closed port refused', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));

  const { problem } = await problemOf(client(`127.0.0.1:${port}`).get({ url: `http://127.0.0.1:${port}/` }));

  expect(problem).toMatchObject({ code: 'probe.unreachable', why: expect.stringContaining('refused') });
});
