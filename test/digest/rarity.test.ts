import { expect, test } from 'vitest';
import { dropProbability, rarityText } from '../../src/digest/rarity.js';

test('no FTD where five are usual is as rare as the Poisson tail says', () => {
  // e^-5 = 0.006738, one in 148.
  expect(dropProbability(0, [5, 5, 5, 5])).toBeCloseTo(0.006738, 6);
  expect(rarityText(0, [5, 5, 5, 5])).toBe('rare: 1 in 150');
});

test('two where six are usual adds the probabilities of none, one and two', () => {
  // e^-6 (1 + 6 + 18) = 0.061969: not rare enough to say.
  expect(dropProbability(2, [6, 6, 6, 6])).toBeCloseTo(0.061969, 6);
  expect(rarityText(2, [6, 6, 6, 6])).toBeNull();
});

test('an offer that scatters widely makes the same drop less rare', () => {
  // Mean 5, variance 62/3: size 25 / (62/3 − 5) = 1.5957, so none comes with (size / (size + 5)) ^ size = 0.1039.
  expect(dropProbability(0, [0, 4, 5, 11])).toBeCloseTo(0.1039, 4);
});

test('large counts neither vanish nor exceed one', () => {
  const probability = dropProbability(4900, [5000, 5000, 5000, 5000]) ?? 0;

  expect(probability).toBeGreaterThan(0.07);
  expect(probability).toBeLessThan(0.09);
});

test('what is certain beyond measure is not given false precision', () => {
  expect(rarityText(0, [40, 40, 40, 40])).toBe('rare: less than 1 in 10,000');
});

test('nothing is called rare with fewer than three comparable days, or when it is no drop', () => {
  expect(rarityText(0, [5, 5])).toBeNull();
  expect(rarityText(5, [5, 5, 5, 5])).toBeNull();
});
