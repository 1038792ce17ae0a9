import { expect, test } from 'vitest';
import { acknowledgeIncident } from '../../src/incidents/answer-incident.js';
import { findDrift } from '../../src/incidents/find-drift.js';
import type { OfferShape } from '../../src/offers/offer.js';
import { type Bench, hour, openBench } from '../support/bench-core.js';
import { goodRun, type Read } from '../support/offer-at-work.js';
import { sourceRow, storeOffer } from '../support/stored.js';

const whole: OfferShape = {
  columns: ['clicks', 'ftds', 'ngr'],
  groups: ['day', 'brand', 'campaign'],
  brands: ['Royal', 'Nord'],
};
const withoutNgr: OfferShape = { ...whole, columns: ['clicks', 'ftds'] };

async function openRoyal(): Promise<{ bench: Bench; id: number }> {
  const bench = await openBench('2026-11-17T07:10:00.000Z');
  const royal = await storeOffer(bench.stores, { name: 'Royal' });
  await goodRun(bench, royal.id, { shape: whole });
  return { bench, id: royal.id };
}

async function readAgain(bench: Bench, id: number, shape: OfferShape): Promise<void> {
  bench.clock.forward(hour);
  await goodRun(bench, id, { shape });
  await bench.deliverAll();
}

test('finds what disappeared, and nothing in what was added', () => {
  expect(findDrift(whole, { ...withoutNgr, groups: ['day'] })).toEqual({
    columns: ['ngr'],
    groups: ['brand', 'campaign'],
  });
  expect(findDrift(withoutNgr, whole)).toBeNull();
});

test('tells that a column is gone, once, and that it came back', async () => {
  const { bench, id } = await openRoyal();
  await readAgain(bench, id, withoutNgr);
  await readAgain(bench, id, withoutNgr);
  const told = bench.chat.titlesAt('#casino');
  await readAgain(bench, id, whole);

  expect(told).toEqual(["Royal's report has changed: the column ngr is gone"]);
  expect(bench.chat.titlesAt('#casino')).toEqual(["Royal's report is whole again after 2 h"]);
});

test('does not miss a brand that is only quiet, but one that is taken out of its days', async () => {
  const { bench, id } = await openRoyal();
  const days = ['2026-11-13', '2026-11-14', '2026-11-15'];
  const rows = days.map((on) => sourceRow(on, { ftds: 2 }, { brandId: '', brand: 'Royal', campaignId: on }));
  const nord = days.map((on) => sourceRow(on, { ftds: 1 }, { brandId: '', brand: 'Nord', campaignId: on }));
  const read = async (read: Read) => {
    bench.clock.forward(hour);
    await goodRun(bench, id, read);
    await bench.deliverAll();
  };
  await read({ days, rows: [...rows, ...nord], shape: whole });
  const today = [sourceRow('2026-11-17', { ftds: 1 }, { brandId: '', brand: 'Royal' })];
  await read({ days: ['2026-11-17'], rows: today, shape: { ...whole, brands: ['Royal'] } });
  const quiet = [...bench.chat.calls];
  await read({ days, rows, shape: { ...whole, brands: ['Royal'] } });
  await read({ days, rows, shape: { ...whole, brands: ['Royal'] } });
  const told = bench.chat.titlesAt('#casino');
  await read({ days, rows: [...rows, ...nord], shape: whole });

  expect(quiet).toEqual([]);
  expect(told).toEqual(["Royal's report has changed: the brand Nord is gone"]);
  expect(bench.chat.titlesAt('#casino')).toEqual(["Royal's report is whole again after 2 h"]);
});

test('accepts the new report when somebody acknowledges it, and watches that from then on', async () => {
  const { bench, id } = await openRoyal();
  await readAgain(bench, id, withoutNgr);
  const [incident] = await bench.stores.incidents.listOpen('slack:T1');
  if (!incident) throw new Error('no incident');
  await bench.inTransaction((telling) => acknowledgeIncident(telling, incident, 'Ann', bench.clock.now()));
  await readAgain(bench, id, withoutNgr);
  const accepted = bench.chat.titlesAt('#casino');
  await readAgain(bench, id, { ...withoutNgr, columns: ['clicks'] });

  expect(accepted).toEqual(["Royal's new report is accepted by Ann"]);
  expect(bench.chat.titlesAt('#casino')).toEqual([
    "Royal's new report is accepted by Ann",
    "Royal's report has changed: the column ftds is gone",
  ]);
});
