import type { EChartsOption } from 'echarts';
import type { ChartData } from '../../src/card.js';
import { readableSpan } from '../../src/dates.js';
import { type Axis, alignedAxes, axisLabel } from './axes.js';
import { fontFamily } from './fonts.js';

/** What fits in the width at the title's size. */
const longestText = 60;

const ink = '#1f2933';
const muted = '#66727f';
const rule = '#e6eaef';
const barColour = '#3b6fd4';
const provisionalBarColour = '#b3c8f2';
const lineColour = '#e8743b';

/** What echarts draws for a chart; days without a value stay gaps. */
export function chartOption(chart: ChartData): EChartsOption {
  const axes = alignedAxes(chart.bars.values, chart.line.values);
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily, color: ink },
    title: {
      text: plainText(chart.title),
      left: 20,
      top: 14,
      textStyle: { fontFamily, fontSize: 19, fontWeight: 600, color: ink },
    },
    legend: {
      left: 16,
      top: 46,
      itemWidth: 14,
      itemHeight: 12,
      itemGap: 22,
      selectedMode: false,
      textStyle: { fontFamily, fontSize: 14, color: muted },
      data: [
        { name: barName(chart), icon: 'roundRect' },
        { name: lineName(chart), icon: 'circle' },
      ],
    },
    grid: { left: 20, right: 20, top: 84, bottom: 18, containLabel: true },
    xAxis: {
      type: 'category',
      data: chart.days.map((day) => readableSpan(day, day)),
      axisLine: { onZero: true, lineStyle: { color: muted } },
      axisTick: { show: false },
      axisLabel: {
        fontFamily,
        fontSize: 13,
        color: muted,
        margin: 12,
        hideOverlap: true,
        interval: (index: number) => isLabelled(index, chart.days.length),
      },
    },
    yAxis: [
      valueAxis(axes.bars, (value) => (value < 0 ? '' : axisLabel(value)), true),
      valueAxis(axes.line, axisLabel, false),
    ],
    series: [
      {
        type: 'bar',
        name: barName(chart),
        itemStyle: { color: barColour },
        barCategoryGap: '32%',
        barMaxWidth: 64,
        data: chart.bars.values.map((value, index) => ({
          value: value ?? '-',
          itemStyle: {
            color: chart.provisional?.[index] ? provisionalBarColour : barColour,
            borderRadius: [3, 3, 0, 0],
          },
        })),
      },
      {
        type: 'line',
        name: lineName(chart),
        yAxisIndex: 1,
        connectNulls: false,
        symbol: 'circle',
        // Without this, echarts marks labelled days alone, and a day between two gaps would not be seen.
        showAllSymbol: true,
        symbolSize: chart.days.length > 45 ? 4 : 6,
        lineStyle: { width: 2.5, color: lineColour },
        itemStyle: { color: lineColour },
        data: chart.line.values.map((value, index) => ({
          value: value ?? '-',
          itemStyle: chart.provisional?.[index]
            ? { color: '#ffffff', borderColor: lineColour, borderWidth: 2 }
            : { color: lineColour },
        })),
      },
    ],
  };
}

function barName(chart: ChartData): string {
  const lighter = chart.provisional?.some(Boolean) ? ' (left; lighter: incomplete)' : ' (left)';
  return plainText(chart.bars.label) + lighter;
}

function lineName(chart: ChartData): string {
  return `${plainText(chart.line.label)} (right)`;
}

function valueAxis(axis: Axis, label: (value: number) => string, withRules: boolean) {
  return {
    type: 'value' as const,
    min: axis.min,
    max: axis.max,
    interval: axis.step,
    axisLabel: { fontFamily, fontSize: 13, color: muted, formatter: label },
    splitLine: { show: withRules, lineStyle: { color: rule } },
  };
}

/** The last day, and every so many before it. */
function isLabelled(index: number, length: number): boolean {
  const every = Math.max(1, Math.ceil(length / 7));
  return (length - 1 - index) % every === 0;
}

/** Names come from reports: control, direction and broken characters would make the drawing unreadable or not XML. */
export function plainText(text: string): string {
  const clean = text.replace(/[\s\p{Cc}\p{Cs}\p{Cf}\uFFFE\uFFFF]+/gu, ' ').trim();
  const characters = [...clean];
  const short = characters.length > longestText ? `${characters.slice(0, longestText - 1).join('')}…` : clean;
  // zrender keeps widths of texts in a plain object: one called `__proto__` would change every object of the process.
  return short in Object.prototype ? `${short}\u00a0` : short;
}
