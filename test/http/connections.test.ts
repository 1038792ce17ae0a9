import { expect, test } from 'vitest';
import { client, httpServer } from './loopback.js';

test('asks one after the other over one connection, even at once after an answer', async () => {
  const server = await httpServer((_, response) => void response.end('{}'));
  const guarded = client(`127.0.0.1:${server.port}`);

  for (let asked = 0; asked < 5; asked += 1) await guarded.get({ url: server.origin });

  expect(server.connections()).toBe(1);
});

test('asks over as many connections as requests are under way, and no more than four', async () => {
  const server = await httpServer((_, response) => void setTimeout(() => response.end('{}'), 50));
  const guarded = client(`127.0.0.1:${server.port}`);

  await Promise.all(Array.from({ length: 9 }, () => guarded.get({ url: server.origin })));

  expect(server.connections()).toBe(4);
});
