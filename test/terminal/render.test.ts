import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../adapters/terminal/display-width.js';
import { jsonLine } from '../../adapters/terminal/json-line.js';
import { buttonsOf, renderCard } from '../../adapters/terminal/render.js';
import { sparkline } from '../../adapters/terminal/render-chart.js';
import { safeLine, safeLines } from '../../adapters/terminal/safe-text.js';
import type { Block, Button, DrawnCard } from '../../src/card.js';
import { everyBlock, refusedUrl } from './example-cards.js';

const plain = { width: 80, colour: false, firstNumber: 1 };

function draw(...blocks: Block<Button>[]): string[] {
  return renderCard({ title: 'T', tone: 'plain', blocks }, plain).slice(1);
}

describe('a card in the terminal', () => {
  test('shows a refused URL verdict first, faults with their codes at the right, then the choices', () => {
    expect(renderCard(refusedUrl, plain).join('\n')).toBe(`\
✗ Not added yet: 3 things to mend in this Affilka URL (primetime.partners,
  token …5678)

 1  The report is not split by brand.                   affilka.group-by-missing
    All casinos of this account would become one sum. I can add it: the URL
    decides this.

 2  It starts on page 3.                                    affilka.page-not-one
    Rows of pages 1 and 2 would be lost. I can set it.
    → Press "Fix these and go on"

 3  The column "ngr" is not in the report, and the        affilka.column-missing
    programme may not have enabled it for you.
    Without it the digest shows n/a.
    1. Open Reports in the programme
    2. Choose Columns and tick NGR
    3. Press Export and copy the link of "JSON"; paste it here as it is, without
       shortening it

[1] Fix these and go on   [2] Paste another URL   [3] Why split by brand?`);
  });

  test('draws every kind of block', () => {
    expect(renderCard(everyBlock, plain).join('\n')).toMatchSnapshot();
  });

  test('colours only when told, and colour changes nothing else', () => {
    const coloured = renderCard(everyBlock, { ...plain, colour: true }).join('\n');
    expect(coloured).toContain('\u001b[1m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: takes exactly our own colours off again
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderCard(everyBlock, plain).join('\n'));
  });

  test('numbers its buttons from where it is told', () => {
    const lines = renderCard(refusedUrl, { ...plain, firstNumber: 4 });
    expect(lines.at(-1)).toBe('[4] Fix these and go on   [5] Paste another URL   [6] Why split by brand?');
    expect(buttonsOf(refusedUrl).map(({ id }) => id)).toEqual(['button-fix', 'button-other', 'button-why']);
  });
});

describe('a table', () => {
  const columns = [{ label: 'Offer' }, { label: 'NGR', align: 'right' as const }];

  test('says how many rows it cut and what shows them', () => {
    const rows = Array.from({ length: 52 }, (_, index) => [`Offer ${index}`, `${index}`]);
    const lines = draw({ type: 'table', columns, rows, more: '/report as:csv' });
    expect(lines.at(-1)).toBe('12 more rows: /report as:csv');
    expect(lines).toHaveLength(1 + 2 + 40 + 1);
  });

  test('counts the rows that it was not given', () => {
    const rows = [['Offer 1', '1']];
    const lines = draw({ type: 'table', columns, rows, left: 24, more: '/offer export' });
    expect(lines.at(-1)).toBe('24 more rows: /offer export');
  });

  test('aligns numbers right after names of wide letters', () => {
    const rows = [
      ['幸運', '1.00'],
      ['Bella Vita', '−1,204.00'],
    ];
    expect(draw({ type: 'table', columns, rows })).toEqual([
      '',
      'Offer             NGR',
      '──────────  ─────────',
      '幸運             1.00',
      'Bella Vita  −1,204.00',
    ]);
  });

  test('shortens names and never numbers', () => {
    const rows = [['A very long name '.repeat(9), '12,345,678.90']];
    const [, , , row = ''] = draw({ type: 'table', columns, rows });
    expect(row).toMatch(/…\s+12,345,678\.90$/);
    expect(displayWidth(row)).toBe(80);
  });

  test('becomes a list where the numbers have no room side by side', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      label: `F${index}`,
      align: 'right' as const,
    }));
    const values = many.map((_, index) => `1,000,000.${index}`);
    const lines = draw({
      type: 'table',
      columns: [{ label: 'Offer' }, ...many],
      rows: [['Bella', ...values]],
    });
    expect(lines[1]).toBe('Bella');
    for (const value of values) expect(lines.join(' ')).toContain(value);
  });

  test('a row with too few cells is still a row', () => {
    expect(draw({ type: 'table', columns, rows: [['Bella']] }).at(-1)).toBe('Bella');
    expect(draw({ type: 'table', columns, rows: [] }).at(-1)).toBe('(no rows)');
  });
});

describe('a chart', () => {
  test('keeps a missing day apart from a day of zero', () => {
    expect(sparkline([0, null, 8, 4])).toBe('▁·█▅');
  });

  test('draws negative values below zero', () => {
    const [below, zero, above] = [...sparkline([-10, 0, 10])];
    expect([below, zero, above]).toEqual(['▁', '▅', '█']);
  });

  test('draws no figures at all, one value, and numbers that are none', () => {
    expect(sparkline([])).toBe('');
    expect(sparkline([null, null])).toBe('··');
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([Number.NaN, Number.POSITIVE_INFINITY, 5])).toBe('··█');
  });

  test('fits a year and says what one mark is', () => {
    const days = Array.from({ length: 365 }, (_, index) => `day ${index}`);
    const values = days.map((_, index) => index);
    const chart = { title: 'Year', days, bars: { label: 'FTD', values }, line: { label: 'NGR', values } };
    const lines = draw({ type: 'chart', chart, alt: 'Rising.' });
    expect(lines.join('\n')).toContain('0 to 364');
    expect(lines.at(-2)).toMatch(/^One mark is the average of \d days\.$/);
    expect(lines.at(-1)).toBe('Type save to keep it as a PNG.');
  });
});

describe('hostile text', () => {
  test('loses escape sequences, control, bidi and invisible characters', () => {
    expect(safeLine('\u001b[31mred\u001b[0m \u001b]8;;https://x.test\u0007link\u001b]8;;\u0007')).toBe(
      'red link',
    );
    expect(safeLine('a\u202eb\u2066c\u200bd\u0000e\u009bf\u0007g\ufe0fh\u{e0041}')).toBe(
      'abcdeghi'.replace('i', ''),
    );
    expect(safeLine('two\nlines\tand\u00a0more')).toBe('two lines and more');
    expect(safeLine(`Z${'\u0301'.repeat(50)}`)).toBe(`Z${'\u0301'.repeat(3)}`);
    expect(safeLine('\ud800x\ue000')).toBe('\ufffdx\ufffd');
    expect(safeLines('a\r\nb\u2028c\rd')).toEqual(['a', 'b', 'c', 'd']);
  });

  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      '\u001b[2J\u001b[H',
      '\u202egnp.exe',
      '幸運の星'.repeat(30),
      'x'.repeat(500),
      '👩‍👩‍👧‍👦'.repeat(20),
      'क्षि'.repeat(60),
      'é'.repeat(90),
      '1,000,000,000,000,000.00'.repeat(5),
      '\n\n\r\u2028',
      '\u009b31m',
      '[#casino] ',
      '',
    ),
  );
  const numbers = fc.array(fc.option(fc.double()), { maxLength: 100 });
  const button = fc.record({ id: fc.constant('id'), label: nasty });
  const block: fc.Arbitrary<Block<Button>> = fc.oneof(
    fc.record({ type: fc.constant('text' as const), text: nasty }),
    fc.record({
      type: fc.constant('facts' as const),
      facts: fc.array(fc.record({ label: nasty, value: nasty }), { maxLength: 4 }),
    }),
    fc.record({
      type: fc.constant('table' as const),
      columns: fc.array(
        fc.record({ label: nasty, align: fc.constantFrom('left' as const, 'right' as const) }),
        { maxLength: 12 },
      ),
      rows: fc.array(fc.array(nasty, { maxLength: 13 }), { maxLength: 4 }),
      more: nasty,
    }),
    fc.record({
      type: fc.constant('steps' as const),
      title: nasty,
      code: nasty,
      text: nasty,
      steps: fc.array(nasty, { maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('chart' as const),
      chart: fc.record({
        title: nasty,
        days: fc.array(nasty, { maxLength: 100 }),
        bars: fc.record({ label: nasty, values: numbers }),
        line: fc.record({ label: nasty, values: numbers }),
      }),
      alt: nasty,
    }),
    fc.record({ type: fc.constant('code' as const), text: nasty }),
    fc.record({ type: fc.constant('link' as const), label: nasty, url: nasty }),
    fc.record({ type: fc.constant('actions' as const), actions: fc.array(button, { maxLength: 5 }) }),
  );
  const card: fc.Arbitrary<DrawnCard> = fc.record({
    title: nasty,
    tone: fc.constantFrom('plain' as const, 'good' as const, 'warning' as const, 'bad' as const),
    blocks: fc.array(block, { maxLength: 5 }),
    details: fc.array(block, { maxLength: 2 }),
  });

  test('no line is wider than the screen and nothing but letters reaches it', () => {
    fc.assert(
      fc.property(card, fc.integer({ min: 38, max: 80 }), (hostile, width) => {
        const lines = renderCard(hostile, { ...plain, width, heading: '[#casino]' });
        for (const line of lines) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('JSON gives hostile text back exactly and holds nothing a terminal acts on', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const line = jsonLine({ text });
        expect(line.slice(0, -1)).not.toMatch(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u);
        expect(line.endsWith('\n')).toBe(true);
        expect(JSON.parse(line)).toEqual({ text });
      }),
    );
  });

  test('a huge card is drawn in a moment', () => {
    const huge = '👩‍👩‍👧‍👦 幸運 '.repeat(50_000);
    const rows = Array.from({ length: 5_000 }, () => [huge, huge]);
    const started = performance.now();
    const columns = [{ label: huge }, { label: huge }];
    const lines = draw({ type: 'text', text: huge }, { type: 'table', columns, rows });
    expect(lines.length).toBeLessThan(1_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test.each([
  ['abc', 3],
  ['幸運', 4],
  ['é', 1],
  ['e\u0301', 1],
  ['한국', 4],
  ['한', 2],
  ['−1,204.00', 9],
  ['▁█·…', 4],
  ['🎰', 2],
])('%s takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});
