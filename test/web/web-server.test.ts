import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { Route } from '../../src/chat-surface.js';
import { well, withWebServer } from './with-web-server.js';

function route(path: Route['path'], handle: Route['handle'], method: Route['method'] = 'POST'): Route {
  return { method, path, handle };
}

/** All that the server says on a connection of our own making. */
function speak(port: number, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(words));
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}

test('says in words alone whether all is well', async () => {
  let health = well;
  const { address } = await withWebServer({ health: async () => health });

  const good = await fetch(`${address}/health`);
  health = { ok: false, database: 'failing', ticks: 'ok', outbox: 'unknown' };
  const bad = await fetch(`${address}/health`);

  expect([good.status, await good.json()]).toEqual([
    200,
    { status: 'ok', database: 'ok', ticks: 'ok', outbox: 'ok' },
  ]);
  expect([bad.status, await bad.json()]).toEqual([
    503,
    { status: 'failing', database: 'failing', ticks: 'ok', outbox: 'unknown' },
  ]);
});

test('hands a request on with the very bytes that were signed', async () => {
  const seen: string[] = [];
  const events = route('/slack/events', async (request) => {
    seen.push(`${request.headers.get('x-slack-signature')} ${await request.text()}`);
    return new Response('{"ok":true}', { status: 201, headers: { 'x-answer': 'yes' } });
  });
  const { address } = await withWebServer({ routes: [events] });

  const answer = await fetch(`${address}/slack/events?a=1`, {
    method: 'POST',
    headers: { 'x-slack-signature': 'v0=abc' },
    body: 'payload=%7B"a" : 1%7D&ü',
  });

  expect(seen).toEqual(['v0=abc payload=%7B"a" : 1%7D&ü']);
  expect([answer.status, answer.headers.get('x-answer'), await answer.text()]).toEqual([
    201,
    'yes',
    '{"ok":true}',
  ]);
});

test('takes a body that comes in pieces, without its length', async () => {
  const events = route('/slack/events', async (request) => new Response(`got ${await request.text()}`));
  const { port } = await withWebServer({ routes: [events] });

  const head =
    'POST /slack/events HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
  const heard = await speak(port, `${head}3\r\npay\r\n4\r\nload\r\n0\r\n\r\n`);

  expect(heard).toMatch(/^HTTP\/1\.1 200 /);
  expect(heard).toContain('got payload');
});

test('knows no other path and no other method', async () => {
  const { address } = await withWebServer({
    routes: [route('/discord/interactions', async () => new Response('pong'))],
  });

  const answers = await Promise.all([
    fetch(`${address}/`),
    fetch(`${address}/discord/interactions`),
    fetch(`${address}/slack/events`, { method: 'POST', body: 'x' }),
  ]);

  for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([404, 'Not found\n']);
});

test('reads no more of a body than the limit, whatever length is claimed', async () => {
  let reached = 0;
  const events = route('/slack/events', async (request) => {
    reached += (await request.text()).length;
    return new Response('taken');
  });
  const { address, port } = await withWebServer({ routes: [events], limits: { bodyBytes: 1000 } });

  const long = await fetch(`${address}/slack/events`, { method: 'POST', body: 'x'.repeat(1001) });
  const head =
    'POST /slack/events HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
  const chunked = await speak(port, `${head}5dc\r\n${'x'.repeat(1500)}\r\n0\r\n\r\n`);
  const fits = await fetch(`${address}/slack/events`, { method: 'POST', body: 'x'.repeat(1000) });

  expect(long.status).toBe(413);
  expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
  expect(await fits.text()).toBe('taken');
  expect(reached).toBe(1000);
});

test('cuts off who sends a request in drips', async () => {
  const { port } = await withWebServer({ limits: { requestMs: 100 } });

  const heard = await speak(port, 'POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nabc');

  expect(heard).toMatch(/^(HTTP\/1\.1 (404|408) |$)/);
});

test('gives up on an answer that does not come', async () => {
  const never = route('/slack/events', () => new Promise(() => {}));
  const { address } = await withWebServer({ routes: [never], limits: { answerMs: 50 } });

  const answer = await fetch(`${address}/slack/events`, { method: 'POST', body: 'x' });

  expect(answer.status).toBe(503);
});

test('says nothing of a fault but that there is one', async () => {
  const broken = route('/slack/events', () => Promise.reject(new Error('test-token-5678 was refused')));
  const { address, errors } = await withWebServer({ routes: [broken] });

  const answer = await fetch(`${address}/slack/events`, { method: 'POST', body: 'x' });

  expect([answer.status, await answer.text()]).toEqual([500, 'Something went wrong\n']);
  expect(errors).toHaveLength(1);
});

test('lets a request under way end before it closes', async () => {
  let release = () => {};
  let arrived = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const reached = new Promise<void>((resolve) => (arrived = resolve));
  const slow = route('/slack/events', async () => {
    arrived();
    await held;
    return new Response('done');
  });
  const server = await withWebServer({ routes: [slow] });
  const answer = fetch(`${server.address}/slack/events`, { method: 'POST', body: 'x' });
  await reached;

  const closed = server.close();
  await expect(fetch(`${server.address}/health`)).rejects.toThrow();
  release();

  expect(await (await answer).text()).toBe('done');
  await closed;
});

test('says which port is taken', async () => {
  const { port } = await withWebServer();

  await expect(withWebServer({ port })).rejects.toThrow('operations.port-taken');
});
