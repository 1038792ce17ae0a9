import { expect, test } from 'vitest';
import { chartSvg, createChartRenderer } from '../../adapters/chart/chart-renderer.js';
import { fontFiles } from '../../adapters/chart/fonts.js';
import type { ChartData } from '../../src/card.js';
import { addDays } from '../../src/dates.js';

const days = Array.from({ length: 30 }, (_, index) => addDays('2026-10-21', index));

function chart(change: Partial<ChartData> = {}): ChartData {
  return {
    title: 'EUR, 30 days to 19 Nov',
    days,
    bars: { label: 'FTD', values: days.map((_, index) => 20 + index) },
    line: { label: 'NGR, EUR', values: days.map((_, index) => 4000 * Math.sin(index / 4)) },
    ...change,
  };
}

/** Width and height from the PNG's header. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

/** How many bars stand in the drawing, by their colours. */
function count(svg: string, colour: string): number {
  return svg.match(new RegExp(`<path[^>]*fill="${colour}"`, 'g'))?.length ?? 0;
}

test('a chart becomes a PNG of twice its drawn size', async () => {
  const png = await createChartRenderer().png(chart());

  expect([...png.slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
  expect(sizeOf(png)).toEqual([1520, 800]);
  expect(png.length).toBeGreaterThan(20_000);
});

test('the text is drawn with the bundled fonts, without any of the system', async () => {
  const withText = await createChartRenderer().png(chart());
  const withoutTitle = await createChartRenderer().png(chart({ title: '' }));

  expect(fontFiles()).toHaveLength(2);
  expect(withText.length).toBeGreaterThan(withoutTitle.length + 500);
});

test('the fonts are found from the sources and from the build alike', () => {
  const fromSource = fontFiles(`${import.meta.dirname}/../../adapters/chart`);
  const fromBuild = fontFiles(`${import.meta.dirname}/../../dist/adapters/chart`);

  expect(fromBuild.map((file) => file.split('/').slice(-4))).toEqual(
    fromSource.map((file) => file.split('/').slice(-4)),
  );
});

test('an absent day leaves a gap and no bar of height zero', async () => {
  const values = days.map((_, index) => (index === 12 ? null : 20 + index));

  const whole = await chartSvg(chart());
  const gapped = await chartSvg(chart({ bars: { label: 'FTD', values } }));

  expect(count(whole, '#3b6fd4') - count(gapped, '#3b6fd4')).toBe(1);
});

test('every day of a long line has its point, so that one between two gaps is seen', async () => {
  const many = Array.from({ length: 90 }, (_, index) => addDays('2026-08-21', index));
  const alone = many.map((_, index) => (index === 44 ? 5 : null));
  const line = { label: 'NGR, EUR', values: alone };
  const none = { label: 'FTD', values: many.map(() => null) };

  const svg = await chartSvg(chart({ days: many, bars: none, line }));

  // One in the legend, one in the drawing.
  expect(count(svg, '#e8743b')).toBe(2);
});

test('provisional days are drawn lighter and the legend says so', async () => {
  const svg = await chartSvg(chart({ provisional: days.map((_, index) => index >= 28) }));

  expect(count(svg, '#b3c8f2')).toBe(2);
  expect(svg).toContain('lighter: incomplete');
});

test('a hostile title stays text', async () => {
  const hostile = '</text><script>alert(1)</script>&lt;]]>\u0000\u202e\ud800 "\' {a|b}';
  const label = '<image href="file:///etc/passwd"/>';

  const svg = await chartSvg(chart({ title: hostile, bars: { label, values: days.map(() => 1) } }));
  const png = await createChartRenderer().png(chart({ title: hostile }));

  expect(svg).not.toMatch(/<script|<image/);
  for (const unsafe of ['\u0000', '\u202e', '\ud800']) expect(svg).not.toContain(unsafe);
  expect(sizeOf(png)).toEqual([1520, 800]);
});

test('a chart with no day at all can still be drawn', async () => {
  const empty = { label: 'FTD', values: [] };

  const png = await createChartRenderer().png(chart({ days: [], bars: empty, line: empty }));

  expect(sizeOf(png)).toEqual([1520, 800]);
});
