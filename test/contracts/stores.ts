import { describe, expect, test } from 'vitest';
import type { Stores } from '../../src/ports.js';
import { now, outboxRow, storeOffer } from '../support/stored.js';
import { testBatches } from './stores-batches.js';
import { testDeliveries } from './stores-deliveries.js';
import { testFigures } from './stores-figures.js';
import { testHistory } from './stores-history.js';
import { testInstallations } from './stores-installations.js';
import { testJobs } from './stores-jobs.js';
import { testRecords } from './stores-records.js';
import { testSurfaceState } from './stores-surface-state.js';

/** What every database must do. `open` gives empty stores. Jobs are claimed one by one where no queue hands them out. */
export function testStores(name: string, open: () => Promise<Stores>, claims = true): void {
  describe(name, () => {
    testFigures(open);
    testBatches(open);
    testHistory(open);
    testDeliveries(open);
    if (claims) testJobs(open);
    testRecords(open);
    testInstallations(open);
    testSurfaceState(open);

    test('writes together or not at all', async () => {
      const stores = await open();

      const broken = stores.transaction(async (inside) => {
        await storeOffer(inside);
        await inside.outbox.add(outboxRow('offer:1'));
        throw new Error('pulled the plug');
      });

      await expect(broken).rejects.toThrow('pulled the plug');
      expect(await stores.workspaces.list()).toEqual([]);
      expect(await stores.outbox.claim(now)).toBeNull();
    });

    test('refuses other stores inside a transaction instead of waiting for ever', async () => {
      const stores = await open();

      await expect(stores.transaction(() => stores.workspaces.list())).rejects.toThrow(
        'only the stores that it hands out',
      );
      await expect(stores.transaction((inside) => inside.transaction(async () => 1))).rejects.toThrow(
        'do not nest',
      );
      expect(await stores.workspaces.list()).toEqual([]);
    });
  });
}
