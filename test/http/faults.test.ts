import type { buildConnector } from 'undici';
import { expect, test } from 'vitest';
import { problemFrom } from '../../adapters/http/faults.js';
import { client, problemOf } from './loopback.js';

const url = 'https://programme.example/report?token=test-token-1';

function failure(code: string): Error {
  return Object.assign(new Error(`${code} ${url}`), { code });
}

function failingDial(codes: Readonly<Record<string, string>>): buildConnector.connector {
  return ({ hostname }, callback) => callback(failure(codes[hostname] ?? 'ECONNREFUSED'), null);
}

test.each(['EAI_AGAIN', 'EMFILE', 'ENOMEM'])(
  'a resolver that fails with %s is our own fault',
  async (code) => {
    const guarded = client('', { resolve: () => Promise.reject(failure(code)) });

    const error = await problemOf(guarded.get({ url }));

    expect(error.problem.code).toBe('own.network');
    expect(error.retry).toBe('later');
  },
);

test.each(['ENETUNREACH', 'ENETDOWN', 'EMFILE'])(
  'a connection that fails with %s is our own',
  async (code) => {
    const guarded = client('', { resolve: async () => ['1.1.1.1'], dial: failingDial({ '1.1.1.1': code }) });

    expect((await problemOf(guarded.get({ url }))).problem.code).toBe('own.network');
  },
);

test('a missing IPv6 route does not hide that the server refused', async () => {
  const dial = failingDial({ '2606:4700::1111': 'ENETUNREACH', '1.1.1.1': 'ECONNREFUSED' });
  const guarded = client('', { resolve: async () => ['2606:4700::1111', '1.1.1.1'], dial });

  expect((await problemOf(guarded.get({ url }))).problem.code).toBe('probe.unreachable');
});

test.each([
  'ENOTFOUND',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])('%s is the far side', async (code) => {
  const guarded = client('', { resolve: async () => ['1.1.1.1'], dial: failingDial({ '1.1.1.1': code }) });

  expect((await problemOf(guarded.get({ url }))).problem.code).toBe('probe.unreachable');
});

test('a name without an address is the far side', async () => {
  expect((await problemOf(client('', { resolve: async () => [] }).get({ url }))).problem.code).toBe(
    'probe.unreachable',
  );
});

test('a request that we built wrongly is our own fault', async () => {
  const guarded = client('', { resolve: async () => ['1.1.1.1'] });

  const error = await problemOf(guarded.get({ url, headers: { 'bad name': 'test-token-1' } }));

  expect(error.problem.code).toBe('own.fetch');
});

test.each(['ECONNRESET', 'EAI_AGAIN', 'HPE_INVALID_CONSTANT', 'CERT_HAS_EXPIRED', 'no-such-code'])(
  'nothing of the request is left in the error for %s',
  (code) => {
    const error = problemFrom(failure(code), 'programme.example');

    const everything = [error.message, error.stack, JSON.stringify(error), JSON.stringify(error.problem)];
    expect(everything.join(' ')).not.toContain('test-token');
    expect(everything.join(' ')).not.toContain('/report');
    expect(error.cause).toBeUndefined();
  },
);
