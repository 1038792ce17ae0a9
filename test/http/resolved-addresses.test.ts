import type { buildConnector } from 'undici';
import { expect, test } from 'vitest';
import { parseAllowList } from '../../adapters/http/allow-list.js';
import { createGuardedConnector } from '../../adapters/http/guarded-connector.js';
import { client, dialTo, httpServer, httpsServer, problemOf } from './loopback.js';

const report = 'https://programme.example/report?token=test-token-1';

test.each([
  [['127.0.0.1']],
  [['1.1.1.1', '127.0.0.1']],
  [['10.0.0.1', '1.1.1.1']],
  [['1.1.1.1', '2606:4700::1111', 'fe80::1']],
  [['::ffff:169.254.169.254']],
  [['64:ff9b::a9fe:a9fe']],
  [['not an address']],
])('connects to nothing when a name leads to %s', async (addresses) => {
  const dialled: string[] = [];
  const dial: buildConnector.connector = ({ hostname }, callback) => {
    dialled.push(hostname);
    callback(new Error('no connection in this test'), null);
  };

  const error = await problemOf(client('', { resolve: async () => addresses, dial }).get({ url: report }));

  expect(error.problem.code).toBe('link.private-address');
  expect(dialled).toEqual([]);
});

test('asks the resolver once a connection and connects to the very address it checked', async () => {
  const server = await httpsServer((_, response) => {
    response.setHeader('connection', 'close');
    response.end('figures');
  });
  const relay = dialTo(server.port);
  const dialled: string[] = [];
  const dial: buildConnector.connector = (options, callback) => {
    dialled.push(options.hostname);
    relay(options, callback);
  };
  // A name that turns: allowed when it is first looked up, another machine afterwards.
  const answers = [['127.0.0.1'], ['127.0.0.2'], ['169.254.169.254']];
  let asked = 0;
  const resolve = async () => answers[asked++] ?? [];
  const guarded = client('127.0.0.1/32:443', { resolve, dial });

  const first = await guarded.get({ url: report });
  const second = await problemOf(guarded.get({ url: report }));
  const third = await problemOf(guarded.get({ url: report }));

  expect(first.status).toBe(200);
  expect([second.problem.code, third.problem.code]).toEqual(['link.private-address', 'link.private-address']);
  expect(dialled).toEqual(['127.0.0.1']);
  expect(asked).toBe(3);
});

test('cuts a connection that ended up at a private address all the same', async () => {
  const server = await httpServer((_, response) => response.end('secret'));
  const relay = dialTo(server.port);
  // The network answered for a public address from inside.
  const dial: buildConnector.connector = (options, callback) =>
    relay({ ...options, protocol: 'http:', hostname: '127.0.0.1' }, callback);
  const connect = createGuardedConnector({
    allow: parseAllowList(''),
    resolve: async () => ['1.1.1.1'],
    dial,
  });

  const outcome = await new Promise<unknown>((resolve) => {
    connect({ protocol: 'https:', hostname: 'programme.example', port: '' }, (error, socket) =>
      resolve(error ?? socket),
    );
  });

  expect(outcome).toMatchObject({ problem: { code: 'link.private-address' } });
});

test('checks the literal address that a lookup would never be asked about', async () => {
  const connect = createGuardedConnector({
    allow: parseAllowList(''),
    resolve: () => Promise.reject(new Error('nobody may ask')),
    dial: () => expect.unreachable(),
  });

  const outcome = await new Promise<unknown>((resolve) => {
    connect({ protocol: 'https:', hostname: '169.254.169.254', port: '443' }, (error, socket) =>
      resolve(error ?? socket),
    );
  });

  expect(outcome).toMatchObject({ problem: { code: 'link.private-address' } });
});

test('tries the next checked address when one does not answer', async () => {
  const server = await httpsServer((_, response) => response.end('figures'));
  const relay = dialTo(server.port);
  const dial: buildConnector.connector = (options, callback) => {
    if (options.hostname !== '127.0.0.2') return relay(options, callback);
    callback(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), null);
  };
  const guarded = client('127.0.0.0/8:443', { resolve: async () => ['127.0.0.2', '127.0.0.1'], dial });

  expect((await guarded.get({ url: report })).status).toBe(200);
});

test('checks the certificate against the name in the link, not the address', async () => {
  const server = await httpsServer((request, response) => response.end(String(request.headers.host)));
  const resolve = async () => ['127.0.0.1'];
  const guarded = client('127.0.0.1/32:443', { resolve, dial: dialTo(server.port) });

  const right = await guarded.get({ url: report });
  const wrong = await problemOf(guarded.get({ url: 'https://other.example/report' }));

  expect(Buffer.from(right.body).toString()).toBe('programme.example');
  expect(wrong.problem).toMatchObject({
    code: 'probe.unreachable',
    why: expect.stringContaining('certificate'),
  });
});

test('checks the certificate against the link even when a Host header says otherwise', async () => {
  const server = await httpsServer((_, response) => response.end('figures'));
  const resolve = async () => ['127.0.0.1'];
  const guarded = client('127.0.0.1/32:443', { resolve, dial: dialTo(server.port) });

  const { problem } = await problemOf(
    guarded.get({ url: 'https://other.example/', headers: { host: 'programme.example' } }),
  );

  expect(problem).toMatchObject({ code: 'probe.unreachable', why: expect.stringContaining('certificate') });
});

test('refuses a certificate that nobody vouches for', async () => {
  const server = await httpsServer((_, response) => response.end('figures'));
  const guarded = client('127.0.0.1/32:443', {
    resolve: async () => ['127.0.0.1'],
    dial: dialTo(server.port, false),
  });

  const { problem } = await problemOf(guarded.get({ url: report }));

  expect(problem).toMatchObject({ code: 'probe.unreachable', why: expect.stringContaining('certificate') });
});

test('does not use a proxy from the environment', async () => {
  const proxy = await httpServer((_, response) => response.end('proxied'));
  const server = await httpServer((_, response) => response.end('direct'));
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : proxy.origin;

  const answer = await client(`127.0.0.1:${server.port}`)
    .get({ url: server.origin })
    .finally(() => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });

  expect(Buffer.from(answer.body).toString()).toBe('direct');
  expect(proxy.connections()).toBe(0);
});
