import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { addKey, keepNewestKey, openKeyFile } from '../../adapters/keys/key-file.js';
import { createVault } from '../../src/vault.js';

const place = { workspace: 'terminal', table: 'offers', row: '1', column: 'sealed_url' };

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'tallyman-keys-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const nowhere = { dataFolder: null };

test('makes a private file on the first start and reads the same keys on the next', async () => {
  const path = join(await folder(), 'config', 'tallyman', 'key.json');

  const first = await openKeyFile(path, nowhere);
  const second = await openKeyFile(path, nowhere);

  expect(second).toEqual(first);
  expect(first.keys.map((key) => key.secret.length)).toEqual([32]);
  expect(first.fingerprintKey.length).toBe(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(path, '..'))).toEqual(['key.json']);
});

test('ends with one key when many start at once', async () => {
  const path = join(await folder(), 'key.json');

  const rings = await Promise.all(Array.from({ length: 8 }, () => openKeyFile(path, nowhere)));

  expect(new Set(rings.map((ring) => ring.keys[0]?.id)).size).toBe(1);
  expect(readdirSync(join(path, '..'))).toEqual(['key.json']);
});

test.each([0o644, 0o604, 0o640, 0o660, 0o666])(
  'refuses a file of mode %o and tells the command',
  async (mode) => {
    const path = join(await folder(), 'key.json');
    await openKeyFile(path, nowhere);
    chmodSync(path, mode);

    await expect(openKeyFile(path, nowhere)).rejects.toMatchObject({
      problem: { code: 'secrets.key-file-exposed', fix: [`Run: chmod 600 "${path}"`, expect.anything()] },
    });
  },
);

test.each([
  ['nothing', ''],
  ['no JSON', 'test-token-1'],
  ['JSON cut short', '{"version":1,"keys":['],
  ['another version', '{"version":2}'],
  ['no keys', `{"version":1,"fingerprintKey":"${'A'.repeat(43)}","keys":[]}`],
  [
    'a short key',
    `{"version":1,"fingerprintKey":"${'A'.repeat(43)}","keys":[{"id":"a","secret":"test-token-1"}]}`,
  ],
  [
    'two keys of one id',
    JSON.stringify({
      version: 1,
      fingerprintKey: 'A'.repeat(43),
      keys: [
        { id: 'a', secret: 'B'.repeat(43) },
        { id: 'a', secret: 'C'.repeat(43) },
      ],
    }),
  ],
])('refuses a file with %s, keeps it, and tells nothing of its content', async (_what, content) => {
  const path = join(await folder(), 'key.json');
  writeFileSync(path, content, { mode: 0o600 });

  const error: unknown = await openKeyFile(path, nowhere).catch((reason: unknown) => reason);

  expect(error).toMatchObject({ problem: { code: 'secrets.key-file-malformed' } });
  expect(JSON.stringify(error)).not.toMatch(/test-token|AAAA|BBBB/);
  expect(readFileSync(path, 'utf8')).toBe(content);
});

test.each(['key.json', 'deep/er/key.json', '../data/key.json'])(
  'refuses %s inside the data folder',
  async (name) => {
    const dataFolder = join(await folder(), 'data');

    await expect(openKeyFile(join(dataFolder, name), { dataFolder })).rejects.toThrow(
      'secrets.key-file-beside-data',
    );
  },
);

test('sees through a link into the data folder', async () => {
  const base = await folder();
  mkdirSync(join(base, 'data'));
  symlinkSync(join(base, 'data'), join(base, 'keys'));

  await expect(
    openKeyFile(join(base, 'keys', 'key.json'), { dataFolder: join(base, 'data') }),
  ).rejects.toThrow('secrets.key-file-beside-data');
});

test('accepts a file beside the data folder, even one of a similar name', async () => {
  const base = await folder();

  const ring = await openKeyFile(join(base, 'data-keys', 'key.json'), { dataFolder: join(base, 'data') });

  expect(ring.keys.length).toBe(1);
});

test('says so when the place cannot be written', async () => {
  const base = await folder();
  writeFileSync(join(base, 'file'), '');

  await expect(openKeyFile(join(base, 'file', 'key.json'), nowhere)).rejects.toMatchObject({
    problem: { code: 'secrets.key-file-unreadable', what: expect.stringMatching(/E(EXIST|NOTDIR)/) },
  });
});

test('adds a key that seals from then on, keeps the old one to open, and later lets it go', async () => {
  const path = join(await folder(), 'key.json');
  const sealed = createVault(await openKeyFile(path, nowhere)).seal('test-token-1', place);

  await addKey(path);
  const vault = createVault(await openKeyFile(path, nowhere));
  const resealed = vault.seal(vault.open(sealed, place), place);
  await keepNewestKey(path);
  const last = createVault(await openKeyFile(path, nowhere));

  expect(vault.needsReseal(sealed)).toBe(true);
  expect(last.open(resealed, place)).toBe('test-token-1');
  expect(() => last.open(sealed, place)).toThrow('secrets.key-missing');
  expect(last.fingerprint('same')).toBe(vault.fingerprint('same'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
