import { expect, test } from 'vitest';
import { arrayLiteral } from '../../db/array-literal.js';

const columns = [
  { name: 'figure', type: 'integer' },
  { name: 'name', type: 'text' },
] as const;

test('writes numbers of any size as they are, and what is missing as null', () => {
  const values = [1, 'a', -(2n ** 63n), 'b', null, 'c'];

  expect(arrayLiteral(columns, values, 0)).toBe('{1,-9223372036854775808,null}');
});

test('tells the text null from no text, and keeps whatever stands in a text to itself', () => {
  const values = [1, 'null', 2, null, 3, '', 4, 'a,b}', 5, 'said "so"', 6, 'back\\slash'];

  expect(arrayLiteral(columns, values, 1)).toBe('{"null",null,"","a,b}","said \\"so\\"","back\\\\slash"}');
});

test('has no elements where there are no rows', () => {
  expect(arrayLiteral(columns, [], 0)).toBe('{}');
});
