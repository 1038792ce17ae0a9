import { expect, test } from 'vitest';
import { arrayLiteral } from '../../db/array-literal.js';

test('writes numbers of any size as they are, and what is missing as null', () => {
  const rows = [[1], [-(2n ** 63n)], [null], []];

  expect(arrayLiteral('integer', rows, 0)).toBe('{1,-9223372036854775808,null,null}');
});

test('tells the text null from no text, and keeps whatever stands in a text to itself', () => {
  const rows = [['null'], [null], [''], ['a,b}'], ['said "so"'], ['back\\slash']];

  expect(arrayLiteral('text', rows, 0)).toBe('{"null",null,"","a,b}","said \\"so\\"","back\\\\slash"}');
});

test('has no elements where there are no rows', () => {
  expect(arrayLiteral('integer', [], 0)).toBe('{}');
});
