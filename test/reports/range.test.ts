import { expect, test } from 'vitest';
import { ProblemError } from '../../src/problems/problem.js';
import { parseRange, type RangeWords } from '../../src/reports/range.js';

/** A Saturday. */
const today = '2026-11-21';

function range(words: RangeWords): string {
  const { from, to } = parseRange(words, today, '7d');
  return `${from} ${to}`;
}

function codeOf(words: RangeWords): string {
  try {
    parseRange(words, today, '7d');
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
  }
  return 'none';
}

test.each([
  ['yesterday', '2026-11-20 2026-11-20'],
  ['today', '2026-11-21 2026-11-21'],
  ['7d', '2026-11-14 2026-11-20'],
  ['30D', '2026-10-22 2026-11-20'],
  ['mtd', '2026-11-01 2026-11-20'],
  ['ytd', '2026-01-01 2026-11-20'],
  ['last-week', '2026-11-09 2026-11-15'],
  ['this week', '2026-11-16 2026-11-20'],
  ['last-month', '2026-10-01 2026-10-31'],
  ['last_month', '2026-10-01 2026-10-31'],
  ['2026-11-05', '2026-11-05 2026-11-05'],
  ['2026-11-01..2026-11-15', '2026-11-01 2026-11-15'],
])('%s means %s', (word, expected) => {
  expect(range({ range: word })).toBe(expected);
});

test('on the first of a month, month to date is that day and not an empty range', () => {
  expect(parseRange({ range: 'mtd' }, '2026-11-01', '7d')).toEqual({ from: '2026-11-01', to: '2026-11-01' });
});

test('dates are taken as they are; without an end they go to yesterday, and never past today', () => {
  expect(range({ from: '2026-11-01', to: '2026-11-15' })).toBe('2026-11-01 2026-11-15');
  expect(range({ from: '2026-11-10' })).toBe('2026-11-10 2026-11-20');
  expect(range({ from: '2026-11-10', to: '2026-12-31' })).toBe('2026-11-10 2026-11-21');
  expect(range({})).toBe('2026-11-14 2026-11-20');
});

test.each<[RangeWords, string]>([
  [{ range: 'lastweek!' }, 'report.range-unknown'],
  [{ range: '0d' }, 'report.range-unknown'],
  [{ range: '2026-02-30' }, 'report.range-unknown'],
  [{ range: '7d', from: '2026-11-01' }, 'report.range-given-twice'],
  [{ to: '2026-11-01' }, 'report.start-missing'],
  [{ from: '2026-11-15', to: '2026-11-01' }, 'report.range-backwards'],
  [{ from: '2027-01-01', to: '2027-01-05' }, 'report.range-in-future'],
  [{ range: '9999d' }, 'report.range-too-long'],
])('%o is answered with %s', (words, code) => {
  expect(codeOf(words)).toBe(code);
});
