import { expect, test } from 'vitest';
import { completeLine } from '../../adapters/terminal/complete-line.js';
import { parseLine } from '../../src/command-line.js';
import { commands } from './fake-dispatch.js';
import { withTerminal } from './with-terminal.js';

test.each([
  ['/dig', ['/digest schedule ', '/digest list '], '/dig'],
  ['dig', ['digest schedule ', 'digest list '], 'dig'],
  ['/offer ad', ['/offer add '], '/offer ad'],
  ['/offer add https://site.test na', ['name:'], 'na'],
  ['/offer add name:x ', ['url:', 'channel:', 'from:'], ''],
  ['/report by:', ['by:day ', 'by:offer ', 'by:brand '], 'by:'],
  ['/offer show offer:bel', ['offer:Bella '], 'offer:bel'],
  ['/offer show offer:"lucky s', ['offer:"Lucky Star" '], 'offer:"lucky s'],
  ['/offer show luc', ['"Lucky Star" ', '"Lucky \\"7\\"" '], 'luc'],
  ['/offer check https', [], 'https'],
  ['/offer show nothing:', [], 'nothing:'],
])('completes %s', async (line, completions, replaced) => {
  expect(await completeLine(line, withTerminal().session)).toEqual([completions, replaced]);
});

test('what it completes is understood as the value that was meant', async () => {
  const [[, completed = '']] = await completeLine('/offer show luc', withTerminal().session);
  expect(parseLine(`/offer show ${completed}`, commands)).toMatchObject({ options: { offer: 'Lucky "7"' } });
});
