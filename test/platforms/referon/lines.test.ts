import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packLines } from '../../../src/platforms/referon/lines.js';

test('lines come out of their packing as they went in, whatever their cells hold', () => {
  const letter = fc.constantFrom('a', '\u001e', '\u001f', '"', '\\', '\n', '', 'é', '€', '😀');
  const cell = fc.array(letter, { maxLength: 4 }).map((letters) => letters.join(''));
  const line = fc.array(cell, { minLength: 1, maxLength: 5 });

  fc.assert(
    fc.property(fc.array(line, { maxLength: 9 }), fc.nat({ max: 60 }), (lines, room) => {
      const packed = packLines(room);
      for (const cells of lines) packed.add(cells);

      expect(packed.length).toBe(lines.length);
      expect(lines.map((_, place) => packed.cellsOf(place))).toEqual(lines);
    }),
    { numRuns: 2000 },
  );
});
