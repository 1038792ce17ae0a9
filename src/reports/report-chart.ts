import type { Card } from '../card.js';
import { chartAlt, chartOf, type DaySeries } from '../digest/digest-chart.js';
import { currencyLabel } from './figure-labels.js';
import { figureValue } from './figure-value.js';
import type { ReportInput, ReportRow } from './report.js';
import { coverageText, reportTitle } from './report-card.js';
import { reportRows, wholeCoverage } from './report-rows.js';

const mostCharts = 4;

/** FTD as bars and NGR as a line, a chart for each currency. `input` is split by day and nothing else. */
export function reportChartCard(input: ReportInput): Card {
  const rows = reportRows(input);
  const currencies = [...new Set(rows.filter((row) => row.state !== 'absent').map((row) => row.currency))];
  const coverage = coverageText(wholeCoverage(input));
  if (currencies.length === 0) {
    return {
      title: reportTitle(input),
      tone: 'warning',
      blocks: [
        {
          type: 'text',
          text: `Nothing to draw: none of these days has been reported (${coverage}). This is not a zero.`,
        },
      ],
    };
  }
  const left = currencies.slice(mostCharts);
  return {
    title: reportTitle(input),
    tone: 'plain',
    blocks: [
      { type: 'text', text: `${coverage} · ${input.zone}`, muted: true },
      ...currencies.slice(0, mostCharts).map((currency) => {
        const series = seriesOf(rows, currency);
        return { type: 'chart' as const, chart: chartOf(series, currency), alt: chartAlt(series, currency) };
      }),
      ...(left.length === 0
        ? []
        : [{ type: 'text' as const, text: `Not drawn: ${left.map(currencyLabel).join(', ')}`, muted: true }]),
    ],
  };
}

function seriesOf(rows: readonly ReportRow[], currency: string): DaySeries {
  const days = [...new Set(rows.map((row) => row.date ?? ''))].sort();
  const own = new Map(rows.filter((row) => row.currency === currency).map((row) => [row.date, row]));
  const states = new Map(rows.map((row) => [row.date, row.state]));
  const valueOn = (day: string, field: 'ftds' | 'ngr') => {
    if (states.get(day) === 'absent') return null;
    const row = own.get(day);
    // A reported day without a row of this currency: nothing happened in it.
    return row ? figureValue(row.figures, field) : 0n;
  };
  return {
    days,
    ftds: days.map((day) => valueOn(day, 'ftds')),
    ngr: days.map((day) => valueOn(day, 'ngr')),
    provisional: days.map((day) => states.get(day) === 'provisional'),
  };
}
