import { expect, test } from 'vitest';
import { addMilliseconds } from '../../src/dates.js';
import { buildReceipt } from '../../src/incidents/receipt.js';
import { hour } from '../support/bench-core.js';
import { openTestStores } from '../support/sqlite.js';
import { now, reading, sourceRow, storeOffer } from '../support/stored.js';

test('counts a day that is new and was corrected since once, as it stands', async () => {
  const stores = await openTestStores();
  const { id } = await storeOffer(stores);
  const read = (at: string, ftds: number, older: number) =>
    stores.transaction(({ figures }) => {
      const rows = [
        sourceRow('2026-11-15', { ftds, ngr: 10_000n }),
        sourceRow('2026-11-10', { ftds: older }),
      ];
      const days = ['2026-11-10', '2026-11-15'];
      return figures.apply(
        reading(id, at, ftds === 0 ? days.slice(0, 1) : days, ftds === 0 ? rows.slice(1) : rows),
      );
    });
  await read(addMilliseconds(now, -hour), 0, 5);
  await read(addMilliseconds(now, hour), 1, 6);
  await read(addMilliseconds(now, 2 * hour), 4, 7);

  const window = { offerId: id, from: '2026-11-10', to: '2026-11-15' };
  const receipt = await buildReceipt(stores, [window], ['2026-11-15'], now, addMilliseconds(now, 3 * hour));

  expect(receipt).toEqual({
    days: ['2026-11-15'],
    changed: [{ currency: 'EUR', ftds: 4 + 2, ngr: '10000' }],
  });
});
