import { expect, test } from 'vitest';
import { cleanPasted } from '../../src/links/clean.js';
import { affilkaLink } from './pasted-table.js';

const link = 'https://a.example/x?a=1&b=2';

test.each([
  [link, []],
  [`  ${link}\n`, []],
  [`<${link}>`, ['Took off the characters around the address.']],
  [`see ${link} please`, ['Took the address out of the text around it.']],
  ['a.example/x?a=1&b=2', ['Put https:// in front.']],
  ['HTTPS://a.example/x?a=1&b=2', ['Mended the start of the address (https://).']],
  ['https://a.example/x?a=1&amp;b=2', ['Turned &amp; back into &.']],
  ['https://a.example/x?a=1&\u200bb=2', ['Took out invisible characters.']],
  ['https://a.example/x?a=1&\nb=2', ['Joined the address, which was broken over several lines.']],
])('says what it did to %j', (pasted, changes) => {
  expect(cleanPasted(pasted)).toEqual({ url: link, changes });
});

test('turns ¤cy back into &currency', () => {
  expect(cleanPasted('https://a.example/x?a=1¤cy=EUR')?.url).toBe('https://a.example/x?a=1&currency=EUR');
  expect(cleanPasted('https://a.example/x?a=1%C2%A4cy=EUR')?.url).toBe(
    'https://a.example/x?a=1&currency=EUR',
  );
});

test('undoes entities with &amp; last', () => {
  expect(cleanPasted('<https://a.example/x?t=&lt;token&gt;&amp;b=2|label>')?.url).toBe(
    'https://a.example/x?t=<token>&b=2',
  );
});

test('keeps the dots of a shortened link, which tell that it is cut', () => {
  expect(cleanPasted('https://a.example/x?token=abc...')?.url).toBe('https://a.example/x?token=abc...');
});

test('keeps brackets that belong to the address', () => {
  expect(cleanPasted('(https://a.example/x?columns[])')?.url).toBe('https://a.example/x?columns[]');
  expect(cleanPasted('https://a.example/x?t={token}')?.url).toBe('https://a.example/x?t={token}');
});

test('joins the last line of a wrapped link, but no word that follows it', () => {
  const cut = affilkaLink.indexOf('9082e');
  const wrapped = affilkaLink.replace('&page=1', '').slice(0, cut);
  expect(cleanPasted(`${wrapped}\n9082e`)?.url).toBe(`${wrapped}9082e`);
  expect(cleanPasted(`${wrapped}\nthanks`)?.url).toBe(wrapped);
  expect(cleanPasted(`${link}\nBen`)?.url).toBe(link);
});

test('takes the first of two different links', () => {
  expect(cleanPasted(`${link}\nhttps://b.example/y?c=3`)?.url).toBe(link);
});

test.each(['', 'hello', 'ann@a.example', 'javascript:alert(1)', 'e.g. this/that', '5678'])(
  'finds no address in %j',
  (text) => {
    expect(cleanPasted(text)).toBeNull();
  },
);

test('is quick with a pasted book', () => {
  const started = performance.now();
  for (const text of [
    'a.'.repeat(200_000),
    'https://a.example/&\n'.repeat(50_000),
    `https://a.example/${'('.repeat(300_000)}`,
    '&amp;'.repeat(100_000),
    ' '.repeat(300_000),
    `${' \t'.repeat(150_000)}x`,
    ')'.repeat(8_500),
    'a'.repeat(300_000),
    'https:'.repeat(50_000),
  ]) {
    cleanPasted(text);
    cleanPasted(`https://a.example/x?${text}`);
  }
  expect(performance.now() - started).toBeLessThan(5_000);
});
