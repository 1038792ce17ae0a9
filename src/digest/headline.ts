import { currencyLabel } from '../reports/figure-labels.js';
import { readableValue } from '../reports/figure-value.js';
import type { CurrencyTotals, Total } from './currency-totals.js';
import { type DaySeries, sparkline } from './digest-chart.js';
import { differenceText, usualText } from './usual.js';

/** One currency in a line: `47 FTD (+6) · NGR 12,430.55 (usual 13,500) · commission 3,904.10 · ▂▃▅▂▆▇▅`. */
export function headline(total: CurrencyTotals, series: DaySeries): { label: string; value: string } {
  const { currency, totals } = total;
  const parts = [
    countText(totals.ftds, currency),
    moneyText('NGR', totals.ngr, 'ngr', currency),
    moneyText('commission', totals.commission, 'commission', currency),
    sparkline(series),
  ];
  return { label: currencyLabel(currency), value: parts.join(' · ') };
}

function countText({ value, comparable, usual }: Total, currency: string): string {
  if (value === null) return 'FTD n/a';
  const difference = usual === null ? '' : ` (${differenceText(comparable, usual, 'ftds', currency)})`;
  return `${readableValue(value, 'ftds', currency)} FTD${difference}`;
}

function moneyText(
  label: string,
  { value, usual }: Total,
  field: 'ngr' | 'commission',
  currency: string,
): string {
  const text = `${label} ${readableValue(value, field, currency)}`;
  return value === null || usual === null ? text : `${text} (usual ${usualText(usual, field, currency)})`;
}
