import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteLines } from '../../../src/platforms/referon/byte-lines.js';
import { csvOptions, findLines } from '../../../src/platforms/referon/line-places.js';

const delimiters = [',', ';', '\t', '|'] as const;

/** The cells of each line, as the library reads them from the text; else the fault that it names. */
function byLibrary(text: string, delimiter: string): unknown {
  try {
    return parse(text, { ...csvOptions, delimiter });
  } catch (error) {
    return faultOf(error);
  }
}

function inPlace(text: string, delimiter: string): unknown {
  const bytes = Buffer.from(text);
  try {
    const lines = byteLines(bytes, delimiter, findLines(bytes, delimiter));
    return Array.from({ length: lines.length }, (_, line) => {
      const cells = lines.cellsOf(line);
      expect(Array.from({ length: cells.length + 1 }, (_, column) => lines.cellOf(line, column))).toEqual([
        ...cells,
        undefined,
      ]);
      return cells;
    });
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('lines' in error)) throw error;
  return { line: error.lines };
}

// Only the first line tells how lines end, and it is never empty: it holds the headings.
const heading = fc.constantFrom('Date', '"Date"', '"Da""te"', '"Da\nte"', '"Da\r\nte"', '""');

test('lines stay in the bytes of a file and hold the cells that the library finds, whatever is written there', () => {
  const letter = fc.constantFrom(
    ...['a', '"', '""', ',', ';', '\t', '|', '\n', '\r', '\r\n', '\n\n', ' ', 'é', '€', '😀', '\0'],
    ...['",', ',"', '"\n', '\n"', '"\r\n', '\r\n"'],
  );
  const text = fc.array(letter, { maxLength: 24 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(heading, text, fc.constantFrom(...delimiters), (first, rest, delimiter) => {
      expect(inPlace(first + rest, delimiter)).toEqual(byLibrary(first + rest, delimiter));
    }),
    { numRuns: 5000 },
  );
});

test('so do lines with sound quotes, of every kind of line end', () => {
  const piece = fc.constantFrom('a', 'Größe', '""', ',', ';', '\n', '\r\n', '\r', ' ', '1.25');
  const inside = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  const cell = fc.oneof(
    inside.map((text) => `"${text}"`),
    fc.constantFrom('', 'a', '2026-11-19', '😀', '-1.25'),
  );
  const line = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(','));
  const lines = fc.array(fc.oneof(line, fc.constant('')), { maxLength: 6 });
  const ends = fc.constantFrom('\n', '\r\n', '\r');
  fc.assert(
    fc.property(heading, lines, ends, fc.boolean(), (first, below, end, isClosed) => {
      const text = [first, ...below].join(end) + (isClosed ? end : '');
      expect(inPlace(text, ',')).toEqual(byLibrary(text, ','));
    }),
    { numRuns: 3000 },
  );
});
