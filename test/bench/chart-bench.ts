import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Resvg } from '@resvg/resvg-js';
import * as echarts from 'echarts';
import { createChartRenderer } from '../../adapters/chart/chart-renderer.js';
import { fontFamily, fontFiles } from '../../adapters/chart/fonts.js';
import { addDays } from '../../src/dates.js';
import { type Line, line, median } from './table.js';

const days = Array.from({ length: 30 }, (_, index) => addDays('2026-10-21', index));
const ftds = days.map((_, index) => (index * 7) % 23);
const ngr = days.map((_, index) => ((index * 131) % 900) - 120);

/** The same figures at the same size by the two libraries with next to no settings. */
function bareChart(): Buffer {
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 760, height: 400 });
  drawing.setOption({
    animation: false,
    textStyle: { fontFamily },
    title: { text: 'EUR' },
    legend: { data: ['FTD', 'NGR'] },
    xAxis: { type: 'category', data: days },
    yAxis: [{ type: 'value' }, { type: 'value' }],
    series: [
      { type: 'bar', name: 'FTD', data: ftds },
      { type: 'line', name: 'NGR', yAxisIndex: 1, data: ngr },
    ],
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: fontFamily };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, font }).render().asPng();
}

/** Our chart against echarts and resvg alone, one after the other in each round. */
export async function benchChart(rounds: number): Promise<Line[]> {
  const renderer = createChartRenderer();
  const chart = {
    title: 'EUR',
    days,
    bars: { label: 'FTD', values: ftds },
    line: { label: 'NGR, EUR', values: ngr },
    provisional: days.map((_, index) => index > 26),
  };
  const times = { ours: [] as number[], bare: [] as number[], held: [] as number[] };
  const holding = monitorEventLoopDelay({ resolution: 1 });
  for (let round = 0; round <= rounds * 4; round += 1) {
    holding.reset();
    holding.enable();
    const began = performance.now();
    await renderer.png(chart);
    const ours = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 5));
    holding.disable();
    const bareBegan = performance.now();
    bareChart();
    const bare = performance.now() - bareBegan;
    // The first round only warms up.
    if (round === 0) continue;
    times.ours.push(ours);
    times.bare.push(bare);
    times.held.push(holding.max / 1e6);
  }
  const ratios = times.ours.map((ours, index) => ours / (times.bare[index] ?? Number.NaN));
  return [
    line('a chart of 30 days as PNG', 'echarts and resvg alone', median(ratios), 1.3),
    line('a chart of 30 days, in ms', '', median(times.ours)),
    line('echarts and resvg alone, in ms', '', median(times.bare)),
    line('longest that a chart holds the main thread, in ms', '', median(times.held)),
  ];
}
