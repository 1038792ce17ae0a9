import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { client, httpServer, problemOf, rawServer } from './loopback.js';

const mebibyte = 1024 * 1024;
const text = 'date;ftd\n2026-11-19;3\n';

async function answering(answer: (response: ServerResponse) => void, options = {}) {
  const server = await httpServer((_, response) => answer(response));
  const guarded = client(`127.0.0.1:${server.port}`, options);
  return (deadlineMs?: number) =>
    guarded.get({ url: `${server.origin}/?token=test-token-1`, ...(deadlineMs ? { deadlineMs } : {}) });
}

async function answeringRaw(bytes: string) {
  const server = await rawServer((socket) => socket.end(bytes));
  const guarded = client(`127.0.0.1:${server.port}`);
  return () => guarded.get({ url: `${server.origin}/?token=test-token-1` });
}

test.each([
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['GZIP', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
  ['identity', Buffer.from(text)],
  ['identity, gzip', gzipSync(text)],
])('reads a body sent as %s', async (encoding, bytes) => {
  const get = await answering((response) => {
    response.setHeader('content-encoding', encoding);
    response.end(bytes);
  });

  expect(Buffer.from((await get()).body).toString()).toBe(text);
});

test('reads a long body whose length nobody said', async () => {
  const get = await answering((response) => {
    for (let at = 0; at < long.length; at += 100_000) response.write(long.slice(at, at + 100_000));
    response.end();
  });

  expect(Buffer.from((await get()).body).toString()).toBe(long);
});

test('reads the answer after notices that it will come', async () => {
  const get = await answering((response) => {
    response.writeProcessing();
    response.end(text);
  });

  expect(await get()).toMatchObject({ status: 200, body: Buffer.from(text) });
});

test('reads an empty body whatever encoding it claims', async () => {
  const get = await answering((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end());

  expect((await get()).body.length).toBe(0);
});

test.each([
  ['gzip in gzip', 'gzip', gzipSync(gzipSync(text))],
  ['two layers that are declared', 'gzip, gzip', gzipSync(gzipSync(text))],
  ['two kinds of layers', 'gzip, br', brotliCompressSync(gzipSync(text))],
  ['an encoding that was not asked for', 'zstd', Buffer.from(text)],
  ['text that claims to be compressed', 'gzip', Buffer.from(text)],
  ['a gzip cut in the middle', 'gzip', gzipSync(text.repeat(9)).subarray(0, 30)],
  ['a gzip whose checksum is wrong', 'gzip', corrupted(gzipSync(text))],
  ['a deflate cut in the middle', 'deflate', deflateSync(text).subarray(0, 12)],
  ['a brotli cut in the middle', 'br', brotliCompressSync(text).subarray(0, 8)],
])('%s is a problem, not a guess (%s)', async (_what, encoding, bytes) => {
  const get = await answering((response) => {
    response.setHeader('content-encoding', encoding);
    response.end(bytes);
  });

  const error = await problemOf(get());

  expect(error.problem.code).toBe('probe.unreadable');
  expect(error.retry).toBe('later');
});

function corrupted(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 6] = (copy[copy.length - 6] ?? 0) ^ 0xff;
  return copy;
}

test.each([
  ['gzip', gzipSync(Buffer.alloc(64 * mebibyte))],
  ['deflate', deflateSync(Buffer.alloc(64 * mebibyte))],
  ['br', brotliCompressSync(Buffer.alloc(64 * mebibyte))],
])('stops a %s bomb of 64 MB at the limit', async (encoding, bytes) => {
  const get = await answering((response) => {
    response.setHeader('content-encoding', encoding);
    response.end(bytes);
  });

  const error = await problemOf(get());

  expect(error.problem.code).toBe('probe.too-large');
  expect(error.retry).toBe('never');
});

const long = Array.from({ length: 200_000 }, (_, row) => `2026-11-19;${row};${row * 7}\n`).join('');

test.each([
  ['one that states its length', gzipSync(long)],
  ['two one after the other, of which the last states its own length', twoParts(long)],
  ['one with zeros behind it, which state no length', Buffer.concat([gzipSync(long), Buffer.alloc(9)])],
])('reads a large gzip whole: %s', async (_what, bytes) => {
  const get = await answering((response) => {
    response.setHeader('content-encoding', 'gzip');
    response.end(bytes);
  });

  expect(Buffer.from((await get()).body).equals(Buffer.from(long))).toBe(true);
});

function twoParts(whole: string): Buffer {
  return Buffer.concat([gzipSync(whole.slice(0, 3_000_000)), gzipSync(whole.slice(3_000_000))]);
}

test('gives the memory of a large body back when told to, and leaves a small one as it is', async () => {
  const [large, small] = [await answering(plainly(long)), await answering(plainly(text))];

  const answers = [await large(), await small()];
  for (const answer of answers) answer.letGo?.();

  expect(answers.map(({ body }) => body.length)).toEqual([0, text.length]);
  expect((await large()).body.length).toBe(long.length);
});

function plainly(body: string) {
  return (response: ServerResponse) => void response.end(body);
}

test('takes a body of exactly both limits and not a byte more', async () => {
  const limits = { wireBytes: 1000, inflatedBytes: 5000 };
  const plain = (size: number) => answering((response) => response.end(Buffer.alloc(size, 'a')), { limits });
  const packed = (size: number) =>
    answering(
      (response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(size, 'a'))),
      { limits },
    );

  expect((await (await plain(1000))()).body.length).toBe(1000);
  expect((await (await packed(5000))()).body.length).toBe(5000);
  expect((await problemOf((await plain(1001))())).problem.code).toBe('probe.too-large');
  expect((await problemOf((await packed(5001))())).problem.code).toBe('probe.too-large');
});

test('stops a body without end at 8 MB', async () => {
  let sent = 0;
  const chunk = Buffer.alloc(256 * 1024, 'a');
  const get = await answering((response) => {
    const more = () => {
      if (response.destroyed || sent > 64 * mebibyte) return;
      sent += chunk.length;
      response.write(chunk, more);
    };
    more();
  });

  const { problem } = await problemOf(get());

  expect(problem).toMatchObject({ code: 'probe.too-large', what: expect.stringContaining('8 MB') });
  expect(sent).toBeLessThan(32 * mebibyte);
});

test('does not read a body that says beforehand it is too long', async () => {
  const get = await answeringRaw('HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nabc');

  expect((await problemOf(get())).problem.code).toBe('probe.too-large');
});

test.each([
  ['a body shorter than its length', 'Content-Length: 50\r\n\r\nshort', /^probe\.(unreadable|unreachable)$/],
  ['two lengths that differ', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nshorts', /^probe\.unreadable$/],
  ['a length that is no number', 'Content-Length: five\r\n\r\nshort', /^probe\.unreadable$/],
  [
    'a length and chunks',
    'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\n\r\n',
    /^probe\.unreadable$/,
  ],
  [
    'chunks that are cut',
    'Transfer-Encoding: chunked\r\n\r\n20\r\nshort',
    /^probe\.(unreadable|unreachable)$/,
  ],
  ['a broken chunk size', 'Transfer-Encoding: chunked\r\n\r\nzz\r\nshort\r\n', /^probe\.unreadable$/],
  ['headers without end', `X-Long: ${'a'.repeat(200_000)}\r\n\r\nshort`, /^probe\.unreadable$/],
])('%s is a problem', async (_what, rest, code) => {
  const get = await answeringRaw(`HTTP/1.1 200 OK\r\n${rest}`);

  const error = await problemOf(get());

  expect(error.problem.code).toMatch(code);
  expect(error.retry).toBe('later');
});

test.each([
  ['SSH-2.0-OpenSSH_9.6\r\n', 'probe.unreadable'],
  ['', 'probe.unreachable'],
])('an answer that is no HTTP ("%s") is %s', async (bytes, code) => {
  const get = await answeringRaw(bytes);

  expect((await problemOf(get())).problem.code).toBe(code);
});

test.each([401, 403, 404, 429, 500, 503])(
  'a %i is an answer even when its page is broken',
  async (status) => {
    const get = await answering((response) => {
      response.writeHead(status, { 'content-encoding': 'gzip', 'retry-after': '7' }).end('not gzip');
    });

    const answer = await get();

    expect(answer).toMatchObject({ status, loginRedirect: false });
    expect(answer.headers['retry-after']).toBe('7');
    expect(answer.body.length).toBe(0);
  },
);
