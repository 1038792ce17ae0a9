import { expect, test } from 'vitest';
import { allowListProblems, parseAllowList } from '../../adapters/http/allow-list.js';
import { client, httpServer, problemOf } from './loopback.js';

const opened: readonly (readonly [string, string])[] = [
  ['localhost:4010', 'http://localhost:4010/report'],
  ['localhost:4010', 'https://LOCALHOST:4010/'],
  ['127.0.0.1:4010', 'http://127.0.0.1:4010/'],
  ['127.0.0.1:4010', 'http://2130706433:4010/'],
  ['127.0.0.1:443', 'https://127.0.0.1/'],
  ['127.0.0.1:80', 'http://127.0.0.1/'],
  ['[::1]:4010', 'http://[0:0::1]:4010/'],
  ['Reports.Internal:8443', 'https://reports.internal:8443/'],
  ['10.1.0.0/16', 'http://10.1.255.255:9999/'],
  ['10.1.0.0/16:8443', 'https://10.1.2.3:8443/'],
  ['fd00::/8', 'http://[fd12::1]/'],
  ['[fd00::/8]:8443', 'https://[fd12::1]:8443/'],
  ['a.lan:1, b.lan:2\n c.lan:3', 'http://c.lan:3/'],
];

test.each(opened)('the entry %s opens %s', (entry, url) => {
  expect(parseAllowList(entry).allows(new URL(url))).toBe(true);
});

const stillShut: readonly (readonly [string, string])[] = [
  ['', 'http://localhost:4010/'],
  ['localhost:4010', 'http://localhost:4011/'],
  ['localhost:4010', 'http://localhost/'],
  ['localhost:4010', 'http://127.0.0.1:4010/'],
  ['localhost:4010', 'http://api.localhost:4010/'],
  ['localhost:4010', 'http://localhost.example:4010/'],
  ['127.0.0.1:4010', 'http://127.0.0.2:4010/'],
  ['127.0.0.1:4010', 'http://localhost:4010/'],
  ['127.0.0.1:4010', 'http://[::ffff:127.0.0.1]:4010/'],
  ['127.0.0.1:4010', 'http://[::1]:4010/'],
  ['10.1.0.0/16', 'http://10.2.0.1/'],
  ['10.1.0.0/16:8443', 'https://10.1.2.3/'],
  ['10.1.0.0/16', 'http://[::ffff:10.1.0.1]/'],
  ['10.1.0.0/16', 'http://reports.lan/'],
  ['fd00::/8', 'http://[fc00::1]/'],
];

test.each(stillShut)('the entry "%s" does not open %s', (entry, url) => {
  expect(parseAllowList(entry).allows(new URL(url))).toBe(false);
});

test.each([
  'localhost',
  'localhost:0',
  'localhost:65536',
  'localhost:http',
  'http://localhost:4010',
  'ann@localhost:4010',
  'localhost:4010/path',
  '::1:4010',
  '10.0.0.0/33',
  '10.0.0/8',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/8:0',
  'lan/8',
  '*.lan:80',
  '*:80',
])('names the unreadable entry %s', (entry) => {
  const problems = allowListProblems(`localhost:1 ${entry}`);

  expect(problems.map((problem) => problem.code)).toEqual(['config.allow-private-hosts']);
  expect(problems[0]?.what).toContain(`"${entry}"`);
  expect(() => parseAllowList(entry)).toThrow('config.allow-private-hosts');
});

test('an opened server answers over http, and its neighbours stay shut', async () => {
  const opened = await httpServer((_, response) => response.end('figures'));
  const neighbour = await httpServer((_, response) => response.end('secret'));
  const guarded = client(`127.0.0.1:${opened.port}`);

  const answer = await guarded.get({ url: `${opened.origin}/report` });
  const refused = await problemOf(guarded.get({ url: `${neighbour.origin}/report` }));

  expect(Buffer.from(answer.body).toString()).toBe('figures');
  expect(refused.problem.code).toBe('link.private-address');
  expect(neighbour.connections()).toBe(0);
});

test('an opened name is looked up as usual and leads to its server', async () => {
  const server = await httpServer((request, response) => response.end(String(request.headers.host)));

  const answer = await client(`localhost:${server.port}`).get({ url: `http://localhost:${server.port}/` });

  expect(Buffer.from(answer.body).toString()).toBe(`localhost:${server.port}`);
});
