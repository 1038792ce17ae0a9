import type { ChartData } from '../card.js';
import { addDays, type Day, daysBetween, readableDay, readableSpan } from '../dates.js';
import { approximateAmount, readableAmount } from '../money.js';
import type { Offer } from '../offers/offer.js';
import { currencyLabel } from '../reports/figure-labels.js';
import { type FigureValue, figureValue, readableCount, sumValues } from '../reports/figure-value.js';
import type { DigestInput } from './digest-input.js';
import { defaultSettleMs, isProvisional } from './settling.js';

const chartDays = 30;

export interface DaySeries {
  readonly days: readonly string[];
  readonly ftds: readonly FigureValue[];
  readonly ngr: readonly FigureValue[];
  /** A day that is still filling up, or on which some of the offers have not reported. */
  readonly provisional: readonly boolean[];
}

/** Thirty days to the period's end in one currency. A day that no offer has reported is `null`, never zero. */
export function daySeries(input: DigestInput, currency: string): DaySeries {
  const days = daysBetween(addDays(input.period.to, 1 - chartDays), input.period.to);
  const offers = input.offers.filter((offer) => input.known.get(offer.id)?.has(currency));
  const rows = new Map(input.days.filter((row) => row.currency === currency).map((row) => [row.day, row]));
  const valueOn = (day: string, field: 'ftds' | 'ngr'): FigureValue => {
    const row = rows.get(day);
    if (row) return figureValue(row.figures, field);
    const isZero = offers.some(({ id }) => {
      return isReported(input, id, day) && input.known.get(id)?.get(currency)?.has(field);
    });
    return isZero ? 0n : null;
  };
  return {
    days,
    ftds: days.map((day) => valueOn(day, 'ftds')),
    ngr: days.map((day) => valueOn(day, 'ngr')),
    provisional: openDays(input, offers, days),
  };
}

function isReported({ records }: DigestInput, offerId: number, day: string): boolean {
  return records.get(offerId)?.stateOn(day) === 'reported';
}

/** Offer by offer, and of each only the days that no other has left open. */
function openDays(input: DigestInput, offers: readonly Offer[], days: readonly Day[]): boolean[] {
  const open = days.map(() => false);
  for (const offer of offers) {
    const records = input.records.get(offer.id);
    const settleMs = input.settleMs.get(offer.id) ?? defaultSettleMs;
    days.forEach((day, index) => {
      if (open[index]) return;
      const record = records?.on(day) ?? null;
      const isMissing = isExpected(offer, day) && record?.state !== 'reported';
      open[index] = isMissing || (record !== null && isProvisional(record, settleMs, input.zone));
    });
  }
  return open;
}

function isExpected(offer: Offer, day: string): boolean {
  return offer.state === 'active' && day >= offer.historyFrom;
}

export function chartOf(series: DaySeries, currency: string): ChartData {
  return {
    title: `${currencyLabel(currency)} · ${spanText(series)}`,
    days: series.days,
    bars: { label: 'FTD', values: series.ftds.map((value) => (value === null ? null : Number(value))) },
    line: {
      label: `NGR, ${currencyLabel(currency)}`,
      values: series.ngr.map((value) => (value === null ? null : approximateAmount(value, currency))),
    },
    provisional: series.provisional,
  };
}

function spanText({ days }: DaySeries): string {
  const last = readableDay(days.at(-1) ?? '');
  return days.length === 1 ? last : `${days.length} days to ${last}`;
}

/** The chart in words, for who cannot see it. */
export function chartAlt(series: DaySeries, currency: string): string {
  const name = currencyLabel(currency);
  const span = readableSpan(series.days[0] ?? '', series.days.at(-1) ?? '');
  const reported = series.days.filter(
    (_, index) => series.ftds[index] !== null || series.ngr[index] !== null,
  );
  const coverage = `${reported.length} of ${series.days.length} days`;
  const ftds = sumValues(series.ftds);
  const ngr = sumValues(series.ngr);
  const parts = [
    `Chart of FTD (bars) and NGR (line) in ${name}, ${span}, ${coverage} reported.`,
    ftds === null
      ? 'FTD n/a.'
      : `FTD ${readableCount(ftds)} in all${extremes(series, series.ftds, readableCount)}.`,
    ngr === null
      ? 'NGR n/a.'
      : `NGR ${readableAmount(ngr, currency)} in all${extremes(series, series.ngr, (value) => readableAmount(value, currency))}.`,
  ];
  return parts.join(' ');
}

function extremes(
  series: DaySeries,
  values: readonly FigureValue[],
  readable: (value: bigint) => string,
): string {
  const known = values.flatMap((value, index) =>
    value === null ? [] : [{ value, day: series.days[index] ?? '' }],
  );
  const ordered = known.toSorted((one, other) =>
    one.value < other.value ? -1 : one.value > other.value ? 1 : 0,
  );
  const lowest = ordered[0];
  const highest = ordered.at(-1);
  if (!lowest || !highest || lowest.value === highest.value) return '';
  const high = `${readable(highest.value)} on ${readableSpan(highest.day, highest.day)}`;
  const low = `${readable(lowest.value)} on ${readableSpan(lowest.day, lowest.day)}`;
  return `, highest ${high}, lowest ${low}`;
}

const bars = '▁▂▃▄▅▆▇█';

/** The last seven days as a line of small bars; `·` is a day that nobody has reported. */
export function sparkline(series: DaySeries): string {
  const values = series.ftds.slice(-7).map((value) => (value === null ? null : Number(value)));
  const highest = Math.max(1, ...values.map((value) => value ?? 0));
  return values
    .map((value) =>
      value === null ? '·' : (bars[Math.round((Math.max(0, value) / highest) * (bars.length - 1))] ?? '·'),
    )
    .join('');
}
