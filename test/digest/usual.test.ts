import { expect, test } from 'vitest';
import {
  addUsuals,
  differenceText,
  roundedUsual,
  type Usual,
  usualOf,
  usualText,
} from '../../src/digest/usual.js';
import { euro } from './history.js';

interface Week {
  readonly value: bigint | null;
  readonly age: 'same' | 'final';
}

function usualOfWeeks(weeks: readonly Week[]): Usual | null {
  return usualOf(weeks, ({ value }) => value);
}

function usual(...values: number[]): Usual {
  const made = usualOfWeeks(values.map((value) => ({ value: BigInt(value), age: 'same' })));
  if (!made) throw new Error('no usual');
  return made;
}

test('means of one to four weeks add up without rounding', () => {
  const sum = addUsuals([usual(1, 2, 2), usual(1, 0, 0), usual(0, 1, 1, 0)]);

  // 5/3 + 1/3 + 1/2 = 2.5
  expect(sum?.twelfths).toBe(30n);
});

test('weeks that are not available do not count as zero', () => {
  const mean = usualOfWeeks([
    { value: 6n, age: 'same' },
    { value: null, age: 'final' },
    { value: 8n, age: 'same' },
  ]);

  expect(mean && roundedUsual(mean)).toBe(7n);
  expect(mean?.hasFinal).toBe(false);
  expect(usualOfWeeks([{ value: null, age: 'same' }])).toBeNull();
});

test('small counts differ by a number, large ones by per cent', () => {
  expect(differenceText(47n, usual(41, 41, 41, 42), 'ftds', 'EUR')).toBe('+6');
  expect(differenceText(1n, usual(2), 'ftds', 'EUR')).toBe('−1');
  expect(differenceText(5n, usual(5), 'ftds', 'EUR')).toBe('as usual');
  expect(differenceText(150n, usual(100), 'clicks', 'EUR')).toBe('+50%');
  expect(differenceText(1n, usual(4000), 'clicks', 'EUR')).toBe('−100%');
});

test('money differs by money, negative NGR too', () => {
  const mean = usual(Number(euro(-1000)));

  expect(differenceText(euro(-1204), mean, 'ngr', 'EUR')).toBe('−204');
  expect(differenceText(euro(210.4), mean, 'ngr', 'EUR')).toBe('+1,210');
  expect(usualText(mean, 'ngr', 'EUR')).toBe('−1,000');
});

test('a usual is written with as many digits as help', () => {
  expect(usualText(usual(Number(euro(13_499.6))), 'ngr', 'EUR')).toBe('13,500');
  expect(usualText(usual(Number(euro(12.34))), 'ngr', 'EUR')).toBe('12.34');
  expect(usualText(usual(12_300), 'ngr', 'BTC')).toBe('0.00012300');
  expect(usualText(usual(2, 2, 3), 'ftds', 'EUR')).toBe('2.3');
  expect(usualText(usual(1234), 'clicks', 'EUR')).toBe('1,234');
});
