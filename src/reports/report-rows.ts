import { type Day, daysBetween } from '../dates.js';
import { defaultSettleMs, isProvisional } from '../digest/settling.js';
import { type Figures, figureFields, isMoneyField } from '../figures.js';
import type { Offer } from '../offers/offer.js';
import type { SumRow } from '../sync/figure-store.js';
import type { ReportCoverage, ReportInput, ReportRow, ReportState } from './report.js';

/** A day, month or the whole period, of one offer or all: what coverage and state can be told of. */
interface Cell {
  readonly date: string | null;
  readonly offer: Offer | null;
  readonly days: readonly Day[];
  readonly offers: readonly Offer[];
}

/**
 * A row for each group and currency. Days and offers without a row in the store get one all the same: zeros where
 * they were reported (a true zero), n/a throughout where they are absent.
 */
export function reportRows(input: ReportInput): ReportRow[] {
  const stored = storedRows(input);
  return cells(input).flatMap((cell) => {
    const { coverage, state } = measure(input, cell);
    const rows = stored.get(cellKey(cell.date, cell.offer?.id ?? null)) ?? [];
    const filled = rows.length > 0 ? rows : emptyRows(input, cell, state);
    return filled.map((row) => ({
      date: cell.date,
      offer: cell.offer,
      brand: row.brand,
      campaign: row.campaign,
      currency: row.currency,
      figures: row.figures,
      state,
      coverage,
    }));
  });
}

/** Over the whole report: what a total line is worth. */
export function wholeCoverage(input: ReportInput): ReportCoverage {
  return measureWhole(input).coverage;
}

export function wholeState(input: ReportInput): ReportState {
  return measureWhole(input).state;
}

const wholes = new WeakMap<ReportInput, Measure>();

function measureWhole(input: ReportInput): Measure {
  const known = wholes.get(input) ?? measure(input, wholeCell(input));
  wholes.set(input, known);
  return known;
}

function wholeCell(input: ReportInput): Cell {
  return {
    date: null,
    offer: null,
    days: daysBetween(input.period.from, input.period.to),
    offers: input.offers,
  };
}

function cells(input: ReportInput): Cell[] {
  const whole = wholeCell(input);
  const dated = input.by.includes('day')
    ? whole.days.map((day) => ({ ...whole, date: day, days: [day] }))
    : input.by.includes('month')
      ? months(whole)
      : [whole];
  if (!input.by.includes('offer')) return dated;
  return dated.flatMap((cell) => input.offers.map((offer) => ({ ...cell, offer, offers: [offer] })));
}

function months(whole: Cell): Cell[] {
  const names = [...new Set(whole.days.map((day) => day.slice(0, 7)))];
  return names.map((month) => ({
    ...whole,
    date: month,
    days: whole.days.filter((day) => day.startsWith(month)),
  }));
}

function cellKey(date: string | null, offerId: number | null): string {
  return `${date ?? ''} ${offerId ?? ''}`;
}

function storedRows(input: ReportInput): ReadonlyMap<string, readonly SumRow[]> {
  const stored = new Map<string, SumRow[]>();
  for (const row of input.rows) {
    const key = cellKey(row.day ?? row.month, row.offerId);
    const known = stored.get(key);
    if (known) known.push(row);
    else stored.set(key, [row]);
  }
  return stored;
}

interface Measure {
  readonly coverage: ReportCoverage;
  readonly state: ReportState;
}

/** Looks at each day of each offer once. A paused offer is expected on the days that it has reported, and on no other. */
function measure(input: ReportInput, { days, offers }: Cell): Measure {
  const isReported = days.map(() => false);
  const isMissing = days.map(() => false);
  let wholeOffers = 0;
  let isOpen = false;
  for (const offer of offers) {
    const records = input.records.get(offer.id);
    const settleMs = input.settleMs.get(offer.id) ?? defaultSettleMs;
    let isWhole = true;
    days.forEach((day, index) => {
      if (records?.stateOn(day) === 'reported') {
        isReported[index] = true;
        const record = isOpen ? null : records.on(day);
        isOpen ||= record !== null && isProvisional(record, settleMs, input.zone);
      } else if (offer.state === 'active') {
        isMissing[index] = true;
        isWhole = false;
      }
    });
    if (isWhole) wholeOffers += 1;
  }
  const wholeDays = days.filter((_, index) => isReported[index] && !isMissing[index]).length;
  const coverage = { days: days.length, wholeDays, offers: offers.length, wholeOffers };
  if (!isReported.includes(true)) return { coverage, state: 'absent' };
  return { coverage, state: isOpen || isMissing.includes(true) ? 'provisional' : 'reported' };
}

type EmptyRow = Pick<SumRow, 'brand' | 'campaign' | 'currency' | 'figures'>;

function emptyRows(input: ReportInput, { offers }: Cell, state: ReportState): EmptyRow[] {
  const ids = offers.map((offer) => offer.id);
  const known = input.offerRows.filter((row) => row.offerId !== null && ids.includes(row.offerId));
  const stated = offers.flatMap((offer) => offer.currency ?? []);
  const currencies = [...new Set([...known.map((row) => row.currency), ...stated])].sort();
  const dimensions = {
    brand: input.by.includes('brand') ? '' : null,
    campaign: input.by.includes('campaign') ? '' : null,
  };
  if (state === 'absent') {
    const only = currencies.length === 1 ? currencies[0] : undefined;
    return [{ ...dimensions, currency: only ?? '', figures: filled(() => false) }];
  }
  return (currencies.length === 0 ? [''] : currencies).map((currency) => ({
    ...dimensions,
    currency,
    figures: filled(
      (field) =>
        known.some((row) => row.currency === currency && row.figures[field] !== null) ||
        offers.some((offer) => offer.shape?.columns.includes(field)),
    ),
  }));
}

/** Zero for what is available, n/a for the rest. */
function filled(isAvailable: (field: (typeof figureFields)[number]) => boolean): Figures {
  const entries = figureFields.map((field) => {
    if (!isAvailable(field)) return [field, null];
    return [field, isMoneyField(field) ? 0n : 0];
  });
  return Object.fromEntries(entries) as Figures;
}
