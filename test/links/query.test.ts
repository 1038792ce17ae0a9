import { expect, test } from 'vitest';
import {
  addParameter,
  firstValueOf,
  removeParameter,
  replacePathEnd,
  setParameter,
  valuesOf,
} from '../../src/links/query.js';

test('columns[] and columns%5B%5D are one key', () => {
  const url = 'https://a.example/x?columns[]=ngr&columns%5B%5D=wager&columns%5b%5d=ggr';
  expect(valuesOf(url, 'columns[]')).toEqual(['ngr', 'wager', 'ggr']);
});

test('a literal plus in a value is no space', () => {
  expect(firstValueOf('https://a.example/x?token=a+b%2Fc==', 'token')).toBe('a+b/c==');
});

test('a value whose encoding is corrupted is read as it stands', () => {
  expect(firstValueOf('https://a.example/x?token=%/n/h3D', 'token')).toBe('%/n/h3D');
});

test.each([
  ['plain', 'columns[]=ngr&page=1', 'columns[]=ngr&columns[]=ggr&page=1'],
  ['encoded', 'columns%5B%5D=ngr', 'columns%5B%5D=ngr&columns%5B%5D=ggr'],
  ['lower-case', 'columns%5b%5d=ngr', 'columns%5b%5d=ngr&columns%5b%5d=ggr'],
  ['that of another list', 'group_by[]=day', 'group_by[]=day&columns[]=ggr'],
  ['encoded where there is no list', 'page=1', 'page=1&columns%5B%5D=ggr'],
])('adds a value in the style of the URL: %s', (_, query, expected) => {
  expect(addParameter(`https://a.example/x?${query}`, 'columns[]', 'ggr')).toBe(
    `https://a.example/x?${expected}`,
  );
});

test.each([
  ['https://a.example/x', 'https://a.example/x?page=1'],
  ['https://a.example/x?', 'https://a.example/x?page=1'],
  ['https://a.example/x?a=b&', 'https://a.example/x?a=b&page=1'],
  ['https://a.example/x?a=b&&c#part?d=e', 'https://a.example/x?a=b&&c&page=1#part?d=e'],
])('adds to %s', (url, expected) => {
  expect(addParameter(url, 'page', '1')).toBe(expected);
});

test('sets in place, takes doubles away, and leaves every other byte', () => {
  expect(setParameter('https://a.example/x?t=a+b/%2f==&page=3&q=%zz&page=4&', 'page', '1')).toBe(
    'https://a.example/x?t=a+b/%2f==&page=1&q=%zz&',
  );
});

test('keeps how a value is written when it is already right', () => {
  const url = 'https://a.example/x?from=2026%2D04%2D01';
  expect(setParameter(url, 'from', '2026-04-01')).toBe(url);
});

test('removes one value or all of a key', () => {
  const url = 'https://a.example/x?g[]=day&a=1&g%5B%5D=player';
  expect(removeParameter(url, 'g[]', 'player')).toBe('https://a.example/x?g[]=day&a=1');
  expect(removeParameter(url, 'g[]')).toBe('https://a.example/x?a=1');
});

test('replaces the end of the path and nothing that looks like it in the query', () => {
  expect(replacePathEnd('https://a.example/r.xml?next=/r.xml', '/r.xml', '/r.json')).toBe(
    'https://a.example/r.json?next=/r.xml',
  );
});
