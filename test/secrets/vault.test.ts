import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SealedPlace } from '../../src/secrets.js';
import { createVault, type KeyRing } from '../../src/vault.js';

const url = 'https://programme.example/api/client/partner/report.json?token=test-token-5678';
const place: SealedPlace = { workspace: 'slack:T1', table: 'offers', row: '7', column: 'sealed_url' };

function key(id: string) {
  return { id, secret: randomBytes(32) };
}

function ring(...ids: string[]): KeyRing {
  return { keys: ids.map(key), fingerprintKey: randomBytes(32) };
}

test('opens what it sealed, whatever the text', () => {
  const vault = createVault(ring('a'));

  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(vault.open(vault.seal(text, place), place)).toBe(text);
    }),
  );
});

test('seals as version, key id and base64url, and never twice alike', () => {
  const vault = createVault(ring('a'));

  const sealed = Array.from({ length: 100 }, () => vault.seal(url, place));

  expect(sealed[0]).toMatch(/^v1\.a\.[A-Za-z0-9_-]+$/);
  expect(sealed.join()).not.toContain('test-token');
  expect(new Set(sealed.map((text) => text.slice(5, 21))).size).toBe(100);
});

test.each<[string, Partial<SealedPlace>]>([
  ['workspace', { workspace: 'slack:T2' }],
  ['table', { table: 'actions' }],
  ['row', { row: '8' }],
  ['column', { column: 'name' }],
  ['pair of fields that join alike', { table: 'offers7', row: '' }],
  ['pair of fields with a separator inside', { table: 'offers","7', row: '' }],
])('does not open in another %s', (_what, other) => {
  const vault = createVault(ring('a'));
  const sealed = vault.seal(url, place);

  expect(() => vault.open(sealed, { ...place, ...other })).toThrow('secrets.cannot-open');
});

test('does not open after any single character was changed, cut or added', () => {
  const vault = createVault({ ...ring(), keys: [key('a'), key('b')] });
  const sealed = vault.seal('short', place);

  for (let at = 0; at < sealed.length; at++) {
    const swapped = sealed[at] === 'A' ? 'B' : 'A';
    const changed = `${sealed.slice(0, at)}${swapped}${sealed.slice(at + 1)}`;
    const shorter = `${sealed.slice(0, at)}${sealed.slice(at + 1)}`;
    for (const text of [changed, shorter, `${sealed.slice(0, at)}A${sealed.slice(at)}`]) {
      expect(() => vault.open(text, place), text).toThrow(/^secrets\./);
    }
  }
});

test.each(['a', 'ab', 'abc'])('the sealed form of "%s" has one spelling only', (text) => {
  const vault = createVault(ring('a'));
  const sealed = vault.seal(text, place);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

  const spellings = [...alphabet].map((last) => `${sealed.slice(0, -1)}${last}`);

  for (const spelling of spellings.filter((other) => other !== sealed)) {
    expect(() => vault.open(spelling, place)).toThrow('secrets.cannot-open');
  }
});

test.each(['', 'v1', 'v1.a.', 'v1.a.AAAA', 'v2.a.AAAA', url, 'v1.a.AAAA=', `v1.a.${'A'.repeat(38)}\n`])(
  'does not take "%s" for a sealed text',
  (text) => {
    expect(() => createVault(ring('a')).open(text, place)).toThrow('secrets.cannot-open');
  },
);

test('does not open under the id of another key, even one of the same bytes', () => {
  const { secret } = key('a');
  const keys = [
    { id: 'a', secret },
    { id: 'b', secret },
  ];
  const vault = createVault({ ...ring(), keys });
  const sealed = vault.seal(url, place).replace('v1.b.', 'v1.a.');

  expect(() => vault.open(sealed, place)).toThrow('secrets.cannot-open');
});

test('seals with the newest key, opens with any, and knows what to seal again', () => {
  const old = ring('a');
  const both: KeyRing = { ...old, keys: [...old.keys, key('b')] };
  const sealed = createVault(old).seal(url, place);
  const vault = createVault(both);

  const resealed = vault.seal(vault.open(sealed, place), place);

  expect(resealed).toMatch(/^v1\.b\./);
  expect([vault.needsReseal(sealed), vault.needsReseal(resealed)]).toEqual([true, false]);
  expect(createVault({ ...both, keys: both.keys.slice(1) }).open(resealed, place)).toBe(url);
});

test('says which key is missing', () => {
  const sealed = createVault(ring('a')).seal(url, place);

  expect(() => createVault(ring('b')).open(sealed, place)).toThrow('secrets.key-missing');
});

test('fingerprints are equal for equal texts and stay when keys are added', () => {
  const old = ring('a');
  const before = createVault(old);
  const after = createVault({ ...old, keys: [...old.keys, key('b')] });

  expect(before.fingerprint(url)).toBe(after.fingerprint(url));
  expect(before.fingerprint(url)).not.toBe(before.fingerprint(`${url}9`));
  expect(before.fingerprint(url)).not.toBe(createVault(ring('a')).fingerprint(url));
});

test('random ids are 22 characters and never repeat', () => {
  const vault = createVault(ring('a'));

  const ids = Array.from({ length: 10_000 }, () => vault.randomId());

  expect(ids.filter((id) => id.startsWith('-'))).toEqual([]);

  expect(ids.every((id) => /^[A-Za-z0-9_-]{22}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

test('errors hold neither the text nor the sealed text', () => {
  const vault = createVault(ring('a'));
  const sealed = vault.seal(url, place);
  const open = () => vault.open(sealed, { ...place, row: '8' });

  expect(open).toThrow(expect.objectContaining({ stack: expect.not.stringContaining(sealed.slice(5)) }));
});
