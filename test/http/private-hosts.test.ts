import { expect, test } from 'vitest';
import { client, httpServer, problemOf } from './loopback.js';

/** Every way to write a number that the URL parser takes for an IPv4 host. */
function spellingsOf(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number) => `0x${value.toString(16)}`;
  const octal = (value: number) => `0${value.toString(8)}`;
  const group = (high: number, low: number) => (high * 256 + low).toString(16);
  return [
    address,
    `${address}.`,
    `${whole}`,
    hex(whole),
    hex(whole).toUpperCase(),
    octal(whole),
    [a, b, c, d].map(hex).join('.'),
    [a, b, c, d].map(octal).join('.'),
    `${hex(a)}.${b}.${octal(c)}.${d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    [...address].map((char) => (char === '.' ? '.' : `%3${char}`)).join(''),
    address.replaceAll('.', '。'),
    [...address].map((char) => (char === '.' ? '.' : String.fromCodePoint(0xff10 + Number(char)))).join(''),
    `[::ffff:${address}]`,
    `[::ffff:${group(a, b)}:${group(c, d)}]`,
    `[0:0:0:0:0:ffff:${address}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b:1::${address}]`,
    `[2002:${group(a, b)}:${group(c, d)}::1]`,
    `[2a00:1450::5efe:${group(a, b)}:${group(c, d)}]`,
  ];
}

const privateV4 = [
  '127.0.0.1',
  '10.0.0.5',
  '169.254.169.254',
  '192.168.1.1',
  '172.16.0.1',
  '100.64.0.1',
  '0.0.0.0',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
];

const otherLiterals = [
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
].concat(['[ff02::1]', '[2001:db8::1]', '[2001::1]', '[2001:20::1]', '[3fff::1]', '[100::1]', '[5f00::1]']);

const localNames = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'api.localhost',
  'printer.local',
  'printer.LOCAL.',
  'metadata.google.internal',
  'db.internal',
  'nas.lan',
  'router.home',
  'router.home.arpa',
  'wiki.corp',
  'wiki.intranet',
  'host.localdomain',
  'localhost.localdomain',
  'box.private',
  '1.0.0.127.in-addr.arpa',
  'intranet',
  'metadata',
  'kubernetes',
  'ｌｏｃａｌｈｏｓｔ',
  'local%68ost',
  'loc­alhost',
];

const hosts = [...privateV4.flatMap(spellingsOf), ...otherLiterals, ...localNames];

test(`none of ${hosts.length} private spellings opens a connection, over https or http`, async () => {
  const bait = await httpServer((_, response) => response.end('secret'), '0.0.0.0');
  const guarded = client('');

  const codes = new Set<string>();
  for (const host of hosts) {
    for (const url of [
      `https://${host}/report`,
      `https://${host}:${bait.port}/`,
      `http://${host}:${bait.port}/`,
    ]) {
      const { problem } = await problemOf(guarded.get({ url }));
      codes.add(problem.code);
      expect(problem.code, url).toMatch(/^link\.(private-address|not-a-url)$/);
    }
  }

  expect(codes).toContain('link.private-address');
  expect(new Set(hosts).size).toBeGreaterThanOrEqual(200);
  expect(bait.connections()).toBe(0);
});

const refusedForms: readonly (readonly [string, string])[] = [
  ['http://programme.example/report', 'link.not-https'],
  ['https://programme.example:8443/report', 'link.unusual-port'],
  ['https://programme.example:80/report', 'link.unusual-port'],
  ['https://ann:test-token-1@programme.example/', 'link.has-credentials'],
  ['https://test-token-1@programme.example/', 'link.has-credentials'],
  ['ftp://programme.example/', 'link.not-a-url'],
  ['file:///etc/passwd', 'link.not-a-url'],
  ['data:text/plain,test-token-1', 'link.not-a-url'],
  ['javascript:alert(1)', 'link.not-a-url'],
  ['blob:https://programme.example/1', 'link.not-a-url'],
  ['unix:/var/run/docker.sock', 'link.not-a-url'],
  ['programme.example/report?token=test-token-1', 'link.not-a-url'],
  ['', 'link.not-a-url'],
];

test.each(refusedForms)('refuses %s as %s without a word of its secret', async (url, code) => {
  const resolve = () => Promise.reject(new Error('nobody may ask'));

  const error = await problemOf(client('', { resolve }).get({ url }));

  expect(error.problem.code).toBe(code);
  expect(error.retry).toBe('never');
  expect(`${JSON.stringify(error.problem)} ${error.stack}`).not.toContain('test-token');
});

test('the host in a problem is the one a browser would go to', async () => {
  const { problem } = await problemOf(client('').get({ url: 'https://2130706433/' }));

  expect(problem.what).toContain('127.0.0.1');
});
