import { expect, test } from 'vitest';
import { baseReport } from '../fuzz/base-reports.js';
import { fuzzReports, newTally, tryReport } from '../fuzz/mutated-reports.js';
import { randomSource } from '../fuzz/random-source.js';
import { difference } from '../fuzz/sums.js';

test('every faultless report is read, with the sums that its text says', async () => {
  const tally = newTally();
  for (let seed = 1; seed <= 200; seed += 1) {
    const base = baseReport(randomSource(seed));
    expect(await tryReport(base, base.text, tally)).toBeNull();
  }

  expect(tally).toMatchObject({ equal: 200, refused: 0, unjudged: 0 });
});

test('a mutated report is refused or read as its text says, and never crashes or hangs', {
  timeout: 60_000,
}, async () => {
  const tally = await fuzzReports(2_000, 20_261_120, false);

  expect(tally.failures).toEqual([]);
  expect(tally.equal).toBeGreaterThan(200);
  expect(tally.unjudged).toBeLessThan(100);
});

test('the judge sees a figure that is off by the smallest unit, missing or too many', () => {
  const told = new Map([['a', 1n]]);

  expect(difference(new Map([['a', 1n]]), told)).toBeNull();
  expect(difference(new Map([['a', 2n]]), told)).toContain('read 2, the text says 1');
  expect(difference(new Map(), told)).toContain('read undefined');
  expect(
    difference(
      new Map([
        ['a', 1n],
        ['b', 0n],
      ]),
      told,
    ),
  ).toContain('b: read 0');
});
