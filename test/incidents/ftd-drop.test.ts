import { expect, test } from 'vitest';
import { addDays, type Day, weekdayOf } from '../../src/dates.js';
import { type FtdSeries, judgeFtds } from '../../src/incidents/ftd-drop.js';
import { lowTail } from '../../src/incidents/rarity.js';

const judged = '2026-11-16';

function series(campaign: string, counts: (day: Day, ago: number) => number, last: number): FtdSeries {
  const ftds = new Map<Day, number>([[judged, last]]);
  for (let ago = 1; ago <= 28; ago += 1) {
    const day = addDays(judged, -ago);
    ftds.set(day, counts(day, ago));
  }
  return { campaign, ftds };
}

test('knows the tails of Poisson and of the negative binomial', () => {
  expect(lowTail(0, 3)).toBeCloseTo(Math.exp(-3), 10);
  expect(lowTail(2, 3)).toBeCloseTo(Math.exp(-3) * (1 + 3 + 4.5), 10);
  expect(lowTail(0, 3, 1)).toBeCloseTo(1 / 4, 10);
  expect(lowTail(1, 3, 2)).toBeCloseTo(0.4 ** 2 * (1 + 2 * 0.6), 10);
  expect(lowTail(900, 1000)).toBeGreaterThan(0.0005);
  expect(lowTail(900, 1000)).toBeLessThan(0.001);
});

test('finds nothing in a zero where three a day are usual', () => {
  const quiet = series('', (_, ago) => [3, 2, 4, 3, 1, 5, 3][ago % 7] ?? 3, 0);
  expect(judgeFtds([quiet], judged).drop).toBeNull();
});

test('finds a zero where twelve a day are usual, with its evidence', () => {
  const busy = series('', (_, ago) => [12, 10, 14, 12, 9, 15, 12][ago % 7] ?? 12, 0);
  const { drop, usual } = judgeFtds([busy], judged);
  expect(usual).toBe(false);
  expect(drop).toMatchObject({ campaign: '', day: judged, ftds: 0 });
  expect(drop?.usual).toBeGreaterThan(11);
  expect(drop?.chance).toBeLessThan(0.001);
});

test('does not take a quiet Monday for a drop', () => {
  const weekly = series('', (day) => (weekdayOf(day) === 1 ? 2 : 14), 2);
  expect(judgeFtds([weekly], judged).drop).toBeNull();
});

test('expects wild days of a campaign that has always been wild', () => {
  const wild = series('', (_, ago) => (ago % 3 === 0 ? 40 : 1), 0);
  expect(judgeFtds([wild], judged).drop).toBeNull();
});

test('judges nothing on two weeks or less of history, nor a day that is not reported', () => {
  const short = series('', () => 20, 0);
  const young = new Map([...short.ftds].filter(([day]) => day > addDays(judged, -14)));
  expect(judgeFtds([{ campaign: '', ftds: young }], judged).drop).toBeNull();
  expect(judgeFtds([short], addDays(judged, 1)).drop).toBeNull();
});

test('names the campaign that stopped while the whole went on', () => {
  const main = series('Main', () => 20, 0);
  const mail = series('Mail', () => 200, 205);
  const all = series('', () => 220, 205);
  expect(judgeFtds([all, main, mail], judged).drop?.campaign).toBe('Main');
});

test('gives less than one false alarm in 1,000 days of made-up offers, and finds most full stops', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return (seed + 0.5) / 2 ** 32;
  };
  const poisson = (mean: number): number => {
    let count = 0;
    for (let left = Math.exp(-mean), dice = random(); dice > left; dice *= random()) count += 1;
    return count;
  };
  let alarms = 0;
  let found = 0;
  let stops = 0;
  const days = 20_000;
  for (let offer = 0; offer < days; offer += 1) {
    const mean = 0.5 + random() * 30;
    const wildness = random() < 0.5 ? 0 : 0.5;
    const onDay = (day: Day) => {
      const weekend = weekdayOf(day) > 5 ? 1.4 : 0.9;
      const mood = wildness === 0 ? 1 : Math.exp(wildness * (random() + random() + random() - 1.5));
      return poisson(mean * weekend * mood);
    };
    const past = series('', onDay, 0);
    if (mean > 15) {
      stops += 1;
      if (judgeFtds([past], judged).drop) found += 1;
    }
    const normal = { ...past, ftds: new Map([...past.ftds, [judged, onDay(judged)]]) };
    if (judgeFtds([normal], judged).drop) alarms += 1;
  }
  console.log(`FTD drop: ${alarms} false alarms in ${days} days; ${found} of ${stops} full stops found`);
  expect(alarms).toBeLessThan(days / 1000);
  expect(found / stops).toBeGreaterThan(0.95);
});
