import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addKey, keepNewestKey, openKeyFile } from '../../adapters/keys/key-file.js';
import { openDatabase } from '../../db/open.js';
import { actionPlace } from '../../src/delivery/draw-card.js';
import { type KeyFile, rekey } from '../../src/operations/rekey.js';
import type { Stores } from '../../src/ports.js';
import type { SealedText } from '../../src/sealed-store.js';
import { createVault } from '../../src/vault.js';
import { openTestFile } from '../support/sqlite.js';
import { now, storeOffer } from '../support/stored.js';
import { type OwnEnvironment, ownEnvironment, spawnTallyman } from './spawn-tallyman.js';

const rekeyForEver = new URL('./rekey-for-ever.ts', import.meta.url).pathname;
const expiresAt = '2999-01-01T00:00:00.000Z';

function keyFileOf({ keyFile }: OwnEnvironment): KeyFile {
  return {
    read: () => openKeyFile(keyFile, { dataFolder: null }),
    addKey: () => addKey(keyFile),
    keepNewest: () => keepNewestKey(keyFile),
  };
}

function offerPlace(id: number) {
  return { workspace: 'slack:T1', table: 'offers', row: String(id), column: 'url' };
}

/** Stores offers and buttons, sealed with the newest key of the file. */
async function seal(stores: Stores, own: OwnEnvironment, count: number): Promise<void> {
  const vault = createVault(await keyFileOf(own).read());
  const offers: number[] = [];
  for (let number = 1; number <= count; number += 1) offers.push((await storeOffer(stores)).id);
  await stores.transaction(async (inside) => {
    for (const id of offers) {
      await inside.offers.change(id, { sealedUrl: vault.seal(`url ${id}`, offerPlace(id)) });
    }
    for (let number = 1; number <= count; number += 1) {
      const id = `action-${number}`;
      const sealedOptions = vault.seal(`options ${id}`, actionPlace('slack:T1', id));
      const action = { id, workspace: 'slack:T1', command: 'offer add', form: true, sealedOptions };
      await inside.actions.add({ ...action, createdAt: now, expiresAt });
    }
  });
}

/** What opens with the key file as it is now; throws when something does not. */
async function openAll(stores: Stores, own: OwnEnvironment, count: number): Promise<string[]> {
  const vault = createVault(await keyFileOf(own).read());
  const urls = (await stores.offers.list('slack:T1')).map(({ id, sealedUrl }) =>
    vault.open(sealedUrl, offerPlace(id)),
  );
  const options: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const action = await stores.actions.get('slack:T1', `action-${number}`);
    options.push(vault.open(action?.sealedOptions ?? '', actionPlace('slack:T1', `action-${number}`)));
  }
  return [...urls, ...options];
}

test('seals everything anew and drops the old key', async () => {
  const own = ownEnvironment();
  const { stores } = await openTestFile(own.databaseFile);
  await seal(stores, own, 450);
  const [before] = (await keyFileOf(own).read()).keys;

  const rekeyed = await rekey(stores, keyFileOf(own), false);

  const after = await keyFileOf(own).read();
  expect(rekeyed).toEqual({ resealed: 900, forgotten: 0, keysDropped: 1 });
  expect(after.keys).toHaveLength(1);
  expect(after.keys[0]?.id).not.toBe(before?.id);
  expect(await openAll(stores, own, 450)).toContain('url 450');
});

test('goes on with the key that an interrupted run has added', async () => {
  const own = ownEnvironment();
  const { stores } = await openTestFile(own.databaseFile);
  await seal(stores, own, 3);
  const added = await keyFileOf(own).addKey();

  await rekey(stores, keyFileOf(own), false);

  const after = await keyFileOf(own).read();
  expect(after.keys.map(({ id }) => id)).toEqual([added.keys.at(-1)?.id]);
  expect(await openAll(stores, own, 3)).toHaveLength(6);
});

test('changes nothing while a key is missing, and gives up only when told to', async () => {
  const own = ownEnvironment();
  const { stores } = await openTestFile(own.databaseFile);
  await seal(stores, own, 2);
  const elsewhere = ownEnvironment();
  const lostFile = readFileSync(own.keyFile, 'utf8');

  await expect(rekey(stores, keyFileOf(elsewhere), false)).rejects.toThrow('operations.sealed-texts-lost');
  expect((await keyFileOf(elsewhere).read()).keys).toHaveLength(1);
  expect(await openAll(stores, own, 2)).toHaveLength(4);
  const rekeyed = await rekey(stores, keyFileOf(elsewhere), true);

  expect(rekeyed).toMatchObject({ resealed: 0, forgotten: 4 });
  expect((await stores.offers.list('slack:T1')).map(({ sealedUrl }) => sealedUrl)).toEqual(['', '']);
  expect(await stores.actions.get('slack:T1', 'action-1')).toBeNull();
  expect(readFileSync(own.keyFile, 'utf8')).toBe(lostFile);
});

test('keeps the old keys for a text that was moved to another row', async () => {
  const own = ownEnvironment();
  const { stores } = await openTestFile(own.databaseFile);
  await seal(stores, own, 2);
  const [first, second] = await stores.offers.list('slack:T1');
  await stores.offers.change(first?.id ?? 0, { sealedUrl: second?.sealedUrl ?? '' });

  await expect(rekey(stores, keyFileOf(own), false)).rejects.toThrow('operations.sealed-texts-lost');

  expect((await keyFileOf(own).read()).keys).toHaveLength(2);
  const rekeyed = await rekey(stores, keyFileOf(own), true);
  expect(rekeyed).toMatchObject({ forgotten: 1, keysDropped: 1 });
});

test('does not write over a text that somebody changed meanwhile', async () => {
  const { stores } = await openTestFile();
  const offer = await storeOffer(stores);
  const stale: SealedText = { place: offerPlace(offer.id), sealed: 'v1.old.read before' };

  await stores.sealed.replace(stale, 'v1.new.too late');

  expect((await stores.offers.get(offer.id))?.sealedUrl).toBe(offer.sealedUrl);
});

test('killed at 20 moments, every URL still opens, and a last run ends it', async () => {
  const own = ownEnvironment();
  const count = 600;
  const { stores, close } = await openDatabase(own.databaseFile);
  await seal(stores, own, count);
  await close();
  const opened: number[] = [];
  let killed = 0;

  for (let kill = 0; kill < 20; kill += 1) {
    const run = spawnTallyman([], own, {}, rekeyForEver);
    await run.until('begins');
    // From before the first change to after the last: most fall between two of its transactions.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
    run.child.kill('SIGKILL');
    if ((await run.ended).signal === 'SIGKILL') killed += 1;
    const look = await openDatabase(own.databaseFile);
    opened.push((await openAll(look.stores, own, count)).length);
    await look.close();
  }
  const last = spawnTallyman(['rekey'], own);

  expect((await last.ended).code).toBe(0);
  expect(last.output()).toContain('Sealed with a new key');
  expect(opened).toEqual(Array.from({ length: 20 }, () => 2 * count));
  expect(killed).toBeGreaterThan(5);
  const look = await openDatabase(own.databaseFile);
  expect(await openAll(look.stores, own, count)).toHaveLength(2 * count);
  expect((await keyFileOf(own).read()).keys).toHaveLength(1);
  await look.close();
}, 300_000);
