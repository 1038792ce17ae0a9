import { expect, test } from 'vitest';
import { BetterSqlite } from '../../db/better-sqlite.js';
import { openTestFile } from '../support/sqlite.js';
import { now, reading, sourceRow, storeOffer } from '../support/stored.js';

const day = '2026-11-15';
const later = '2026-11-16T09:00:00.000Z';
const evenLater = '2026-11-16T10:00:00.000Z';

test('a day whose hash an older version made has not changed while its figures are the same', async () => {
  const { stores, file } = await openTestFile();
  const offer = await storeOffer(stores);
  const rows = [sourceRow(day, { ftds: 1, ngr: -(2n ** 60n) })];
  await stores.figures.apply(reading(offer.id, now, [day], rows));
  const beside = new BetterSqlite(file);
  const hashes = beside.prepare('select hash from offer_days').pluck();
  const hash = hashes.get();
  beside.exec("update offer_days set hash = 'of an older kind'");

  const again = await stores.figures.apply(reading(offer.id, later, [day], rows));

  expect(again).toMatchObject({ daysChanged: 0, changes: 0, newDays: [] });
  expect(hashes.get()).toBe(hash);
  beside.close();
  const changes = await stores.figures.lastChanges([offer.id], day, day, ['ftds', 'ngr']);
  expect(changes).toEqual([]);
  expect((await stores.figures.days(offer.id, day, day))[0]).toMatchObject({
    firstReportedAt: now,
    readAt: later,
  });
});

test('the order of rows makes no difference to a day, and each digit of a large figure does', async () => {
  const { stores } = await openTestFile();
  const offer = await storeOffer(stores);
  const row = (campaignId: string, ngr: bigint) => sourceRow(day, { ngr }, { campaignId });
  const large = 2n ** 60n;
  await stores.figures.apply(reading(offer.id, now, [day], [row('A', large), row('B', 1n)]));

  const turned = await stores.figures.apply(reading(offer.id, later, [day], [row('B', 1n), row('A', large)]));
  const changed = await stores.figures.apply(
    reading(offer.id, evenLater, [day], [row('B', 1n), row('A', large + 1n)]),
  );

  expect(turned.daysChanged).toBe(0);
  expect(changed).toMatchObject({ daysChanged: 1, changes: 1 });
});
