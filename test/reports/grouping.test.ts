import { expect, test } from 'vitest';
import { ProblemError } from '../../src/problems/problem.js';
import { parseGrouping, parseMetrics } from '../../src/reports/grouping.js';

test('groupings are read with commas, plurals and in any order', () => {
  expect(parseGrouping('Campaigns, offer')).toEqual(['offer', 'campaign']);
  expect(parseGrouping('day,month,day')).toEqual(['day']);
});

test('figures are read by the names of files and of people', () => {
  expect(parseMetrics('NGR,ftd,ftd_amount')).toEqual(['ftds', 'ftdAmount', 'ngr']);
  expect(parseMetrics('regs cpa_income')).toEqual(['registrations', 'cpaIncome']);
});

test('an unknown word is named in the problem', () => {
  expect(() => parseGrouping('offer,country')).toThrow(ProblemError);
  expect(() => parseMetrics('ngr,profit')).toThrow(ProblemError);
});
