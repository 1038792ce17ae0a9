import { expect, test } from 'vitest';
import { alignedAxes, axisLabel } from '../../adapters/chart/axes.js';

test('both axes have their zero at the same height when the line is negative', () => {
  const axes = alignedAxes([10, 42], [-1800, 14_000]);

  expect(axes.bars.min / axes.bars.max).toBeCloseTo(axes.line.min / axes.line.max);
  expect(axes.line.min).toBeLessThanOrEqual(-1800);
  expect(axes.line.max).toBeGreaterThanOrEqual(14_000);
  expect(axes.bars.max).toBeGreaterThanOrEqual(42);
});

test('a line that is negative throughout stays inside its axis', () => {
  const axes = alignedAxes([3, null], [-500, -20]);

  expect(axes.line.min).toBeLessThanOrEqual(-500);
  expect(axes.bars.max).toBeGreaterThanOrEqual(3);
});

test('counts have whole steps', () => {
  expect(alignedAxes([0, 1], [0, 0.0004]).bars.step).toBe(1);
});

test('axis labels are short', () => {
  expect([0, 950, 12_500, -12_500, 3_000_000, 0.0004].map(axisLabel)).toEqual([
    '0',
    '950',
    '12.5k',
    '−12.5k',
    '3M',
    '0.0004',
  ]);
});
