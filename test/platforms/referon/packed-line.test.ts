import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf, packLine } from '../../../src/platforms/referon/packed-line.js';

test('a line comes out of its packing as it went in, whatever its cells hold', () => {
  const letter = fc.constantFrom('a', '\u001e', '\u001f', '"', '\\', '\n', '', 'é');
  const cell = fc.array(letter, { maxLength: 4 }).map((letters) => letters.join(''));

  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
      expect(cellsOf(packLine(cells))).toEqual(cells);
    }),
    { numRuns: 2000 },
  );
});
