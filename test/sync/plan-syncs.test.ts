import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../db/open.js';
import { newTurns, turnsOf } from '../../db/write-turns.js';
import type { Stores } from '../../src/ports.js';
import { planSyncs } from '../../src/sync/plan-syncs.js';
import { testCore } from '../digest/core.js';
import { openTestStores, testFolder } from '../support/sqlite.js';
import { now, storeOffer } from '../support/stored.js';

const offers = 1000;

async function addDueOffers(stores: Stores): Promise<void> {
  await stores.transaction(async (inside) => {
    for (let index = 0; index < offers; index += 1) {
      await storeOffer(inside, {
        ...{ name: `Offer ${index}`, fingerprint: `f${index}`, tokenFingerprint: `t${index}` },
      });
    }
  });
}

test('one round plans every offer that is due, once', async () => {
  const stores = await openTestStores();
  await addDueOffers(stores);
  const core = testCore(stores, now);

  expect(await planSyncs(core)).toBe(true);
  expect(await planSyncs(core)).toBe(false);
  expect((await stores.backlog.measure()).jobsWaiting).toBe(offers);
});

test('whoever asks while a thousand offers are planned is answered in between', async () => {
  const turns = turnsOf(newTurns(), 0);
  const { stores, close } = await openDatabase(join(testFolder(), 'tallyman.db'), { turns });
  await addDueOffers(stores);
  let answers = 0;
  let isPlanned = false;
  const ask = async () => {
    while (!isPlanned) {
      await new Promise((resolve) => setImmediate(resolve));
      answers += 1;
    }
  };

  const asking = ask();
  await planSyncs(testCore(stores, now));
  isPlanned = true;
  await asking;
  await close();

  // Some in every few milliseconds; planned in one piece, it is one or two in all.
  expect(answers).toBeGreaterThan(4);
});
