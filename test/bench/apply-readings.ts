import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../db/open.js';
import { addDays } from '../../src/dates.js';
import { reading, sourceRow, storeOffer } from '../support/stored.js';

// Readings of many offers, 90 days of 4 rows each: node --import tsx test/bench/apply-readings.ts [offers] [database URL]
const offers = Number(process.argv[2] ?? 500);
const folder = mkdtempSync(join(tmpdir(), 'tallyman-bench-'));
const { stores, close } = await openDatabase(process.argv[3] ?? join(folder, 'tallyman.db'));
const days = Array.from({ length: 90 }, (_, index) => addDays('2026-08-18', index));

async function measure(name: string, rows: number, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  console.log(`${name}: ${Math.round(ms)} ms, ${Math.round((rows / ms) * 1000)} rows/s`);
}

function rowsOf(restated: number) {
  return days.flatMap((day, index) =>
    [1, 2, 3, 4].map((campaign) => {
      const ngr = BigInt(index * 1000 + campaign + (index < restated ? 1 : 0));
      const given = {
        clicks: 10,
        registrations: 3,
        ftds: 1,
        ftdAmount: 5n,
        deposits: 9n,
        ngr,
        commission: 1n,
      };
      return sourceRow(day, given, { campaignId: `c${campaign}`, campaign: `Campaign ${campaign}` });
    }),
  );
}

const ids: number[] = [];
for (let index = 0; index < offers; index += 1) {
  ids.push((await storeOffer(stores, { name: `Offer ${index}` })).id);
}
const total = offers * 360;
const readAll = (at: string, restated: number) => async () => {
  for (const id of ids) await stores.figures.apply(reading(id, at, days, rowsOf(restated)));
};
await measure('first reading', total, readAll('2026-11-16T08:00:00.000Z', 0));
await measure('same again', total, readAll('2026-11-16T09:00:00.000Z', 0));
await measure('10 days restated', total, readAll('2026-11-16T10:00:00.000Z', 10));
const query = { offerIds: ids, from: '2026-08-18', to: '2026-11-15' };
await measure('sum by day', total, () => stores.figures.sums({ ...query, by: ['day'] }));
await measure('sum by day as of the first reading', total, () =>
  stores.figures.sums({ ...query, by: ['day'], asOf: '2026-11-16T08:30:00.000Z' }),
);
await close();
rmSync(folder, { recursive: true, force: true });
