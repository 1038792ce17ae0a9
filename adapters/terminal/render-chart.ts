import type { ChartData } from '../../src/card.js';
import { displayWidth, fitWidth, padWidth } from './display-width.js';
import { limits } from './limits.js';
import type { Paint } from './paint.js';
import { safeLine } from './safe-text.js';
import { wrapHanging, wrapLine } from './wrap-text.js';

type Values = readonly (number | null)[];

const levels = [...'▁▂▃▄▅▆▇█'];
/** A day without a figure; a day of zero is the lowest mark. */
const noFigure = '·';

/** One row of marks a series, with its lowest and highest value, over the first and last day: text that needs no other. */
export function renderChart(chart: ChartData, width: number, paint: Paint): string[] {
  const series = [chart.bars, chart.line].map(({ label, values }) => ({
    label: fitWidth(safeLine(label, limits.label), Math.min(16, Math.floor(width / 4))),
    range: rangeOf(values, Math.floor(width * 0.4)),
    values: chart.days.map((_, index) => values[index] ?? null),
  }));
  const labelWidth = Math.max(...series.map(({ label }) => displayWidth(label)));
  const rangeWidth = Math.max(...series.map(({ range }) => displayWidth(range)));
  const room = Math.max(8, width - labelWidth - rangeWidth - 4);
  const perMark = Math.max(1, Math.ceil(chart.days.length / room));
  const rows = series.map(({ label, range, values }) => {
    const marks = paint('cyan', sparkline(averages(values, perMark)));
    return `${padWidth(label, labelWidth)}  ${marks}  ${paint('dim', range)}`;
  });
  const length = Math.ceil(chart.days.length / perMark);
  const note = perMark > 1 ? `One mark is the average of ${perMark} days.` : '';
  return [
    ...wrapLine(safeLine(chart.title, limits.label), width).map((line) => paint('bold', line)),
    ...rows,
    ...axis(chart.days, labelWidth, length, width).map((line) => paint('dim', line)),
    ...wrapHanging('', [note, 'Type save to keep it as a PNG.'].filter(Boolean), width).map((line) =>
      paint('dim', line),
    ),
  ];
}

function averages(values: Values, perMark: number): Values {
  if (perMark === 1) return values;
  return Array.from({ length: Math.ceil(values.length / perMark) }, (_, index) => {
    const known = values.slice(index * perMark, (index + 1) * perMark).filter(isKnown);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

/** From the lowest value, or from zero when all are above it. */
export function sparkline(values: Values): string {
  const known = values.filter(isKnown);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  return values
    .map((value) => {
      if (!isKnown(value)) return noFigure;
      const share = high === low ? 0 : (value - low) / (high - low);
      return levels[Math.round(share * (levels.length - 1))] ?? noFigure;
    })
    .join('');
}

/** Lowest and highest value; in short form (`1.2M`) where the exact one has no room. */
function rangeOf(values: Values, width: number): string {
  const known = values.filter(isKnown);
  if (known.length === 0) return 'no figures';
  const ends = [Math.min(...known), Math.max(...known)];
  const written = (write: (value: number) => string) => [...new Set(ends.map(write))].join(' to ');
  const exact = written(readable);
  return exact.length <= width ? exact : fitWidth(written(short), width);
}

function readable(value: number): string {
  const options = Math.abs(value) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
  return new Intl.NumberFormat('en-US', options).format(value).replace('-', '−');
}

function short(value: number): string {
  return new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
    .format(value)
    .replace('-', '−');
}

function axis(days: readonly string[], indent: number, length: number, width: number): string[] {
  const first = safeLine(days[0] ?? '', 20);
  const last = safeLine(days.at(-1) ?? '', 20);
  const start = ' '.repeat(indent + 2);
  const both = displayWidth(first) + displayWidth(last) + 1;
  if (first === '') return [];
  if (first === last) return [fitWidth(start + first, width)];
  if (both > length) return [fitWidth(`${start}${first} to ${last}`, width)];
  return [fitWidth(start + first + padWidth(last, length - displayWidth(first), 'right'), width)];
}

function isKnown(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}
