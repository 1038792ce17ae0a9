import { currencyLabel } from '../reports/figure-labels.js';
import { readableValue } from '../reports/figure-value.js';
import type { CurrencyTotals, Total } from './currency-totals.js';
import { type DaySeries, sparkline } from './digest-chart.js';
import { differenceText, type Usual, usualText } from './usual.js';

/** One currency in a line: `47 FTD (+6) · NGR 12,430.55 (usual 13,500) · commission 3,904.10  ▂▃▅▂▆▇▅`. */
export function headline(total: CurrencyTotals, series: DaySeries): { label: string; value: string } {
  const { currency, totals } = total;
  const parts = [
    countText(totals.ftds, currency),
    moneyText('NGR', totals.ngr, 'ngr', currency),
    moneyText('commission', totals.commission, 'commission', currency),
  ];
  return { label: currencyLabel(currency), value: `${parts.join(' · ')}  ${sparkline(series)}` };
}

function countText({ value, comparable, usual, fresh }: Total, currency: string): string {
  if (value === null) return 'FTD n/a';
  const difference =
    usual === null
      ? ''
      : ` (${differenceText(comparable, usual, 'ftds', currency)}${finalMark(usual)}${withoutText(fresh)})`;
  return `${readableValue(value, 'ftds', currency)} FTD${difference}`;
}

function moneyText(
  label: string,
  { value, usual, fresh }: Total,
  field: 'ngr' | 'commission',
  currency: string,
): string {
  const text = `${label} ${readableValue(value, field, currency)}`;
  if (value === null || usual === null) return text;
  return `${text} (usual ${usualText(usual, field, currency)}${finalMark(usual)}${withoutText(fresh)})`;
}

/** Offers without a history are in the total and not in the comparison. */
function withoutText(fresh: readonly string[]): string {
  if (fresh.length === 0) return '';
  return ` without ${fresh.length === 1 ? fresh[0] : `${fresh.length} new offers`}`;
}

/** Marks a usual that final figures went into; `finalNote` says what the mark means. */
export function finalMark(usual: Usual): string {
  return usual.hasFinal ? '*' : '';
}

export const finalNote = '* With final figures where there is no reading of that age.';
