import type { buildConnector } from 'undici';
import { expect, test } from 'vitest';
import { client, problemOf } from './loopback.js';

const names = [
  ...[
    'primetime.partners',
    'affiliates.lucky.com',
    'aff.bella.co.uk',
    'x.io',
    'a.b.c.d.e.example.net',
    'partners.casino',
  ],
  ...[
    'localhost.com',
    'local.host.example.com',
    'internal.example.org',
    'lan.party',
    'home.bet',
    'corp.games',
    'private.vip',
  ],
  ...[
    '10.com',
    '127.0.0.1.example.com',
    '192-168-1-1.example.com',
    '1.2.3.4.5.example.com',
    '0x7f.example.com',
    '169.254.bet',
  ],
  ...[
    'münchen.example.de',
    'казино.рф',
    '例え.jp',
    'xn--mnchen-3ya.de',
    'PRIMETIME.PARTNERS',
    'primetime.partners.',
  ],
  ...[
    'my-programme.example.com',
    'aff1-eu.example.com',
    '1xaff.example.com',
    'metadata.example.com',
    'kubernetes.example.com',
  ],
];
const addresses = [
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '126.0.0.1',
    '128.0.0.1',
  ],
  ...[
    '169.253.1.1',
    '169.255.1.1',
    '172.15.1.1',
    '172.32.1.1',
    '192.167.1.1',
    '192.169.1.1',
    '198.17.1.1',
    '198.20.1.1',
  ],
  ...['203.0.112.1', '223.255.255.1', '185.60.216.35', '93.184.216.34'],
  ...[
    '[2001:4860:4860::8888]',
    '[2606:4700:4700::1111]',
    '[2a00:1450:4001::1]',
    '[2400:cb00::1]',
    '[2620:fe::fe]',
  ],
];

test(`none of ${names.length + addresses.length} good hosts is refused: each is connected to where it leads`, async () => {
  const wrong: string[] = [];
  for (const host of [...names, ...addresses]) {
    const dialled: string[] = [];
    const dial: buildConnector.connector = ({ hostname }, callback) => {
      dialled.push(hostname);
      callback(Object.assign(new Error('no connection in this test'), { code: 'ECONNREFUSED' }), null);
    };
    const resolve = async () => ['93.184.216.34', '2606:2800:220:1::1'];
    const url = `https://${host}/report?token=test-token-1`;

    const { problem } = await problemOf(client('', { resolve, dial }).get({ url }));

    const expected = names.includes(host) ? await resolve() : [host.replace(/[[\]]/g, '')];
    if (problem.code !== 'probe.unreachable' || dialled.join() !== expected.join()) {
      wrong.push(`${host}: ${problem.code}, dialled ${dialled.join()}`);
    }
  }

  expect(wrong).toEqual([]);
  expect(names.length + addresses.length).toBeGreaterThanOrEqual(50);
});

test('tells of the token that a request carries, as it is written, as it reads, and in a header', async () => {
  const told: string[] = [];
  const guarded = client('', { onSecret: (secret) => told.push(secret) });

  await problemOf(
    guarded.get({ url: 'https://10.0.0.1/?a=1&token=ab%2Bcd', headers: { authorization: 'efgh' } }),
  );

  expect(told).toEqual(expect.arrayContaining(['ab%2Bcd', 'ab+cd', 'efgh']));
});
