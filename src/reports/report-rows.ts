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
    const coverage = coverageOf(input, cell);
    const state = stateOf(input, cell);
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
  return coverageOf(input, wholeCell(input));
}

export function wholeState(input: ReportInput): ReportState {
  return stateOf(input, wholeCell(input));
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

/** A paused offer is expected on the days that it has reported, and on no other. */
function isMissing(input: ReportInput, offer: Offer, day: Day): boolean {
  return offer.state === 'active' && !isReported(input, offer, day);
}

function isReported(input: ReportInput, offer: Offer, day: Day): boolean {
  return input.records.get(offer.id)?.stateOn(day) === 'reported';
}

function coverageOf(input: ReportInput, { days, offers }: Cell): ReportCoverage {
  const covers = (offer: Offer, day: Day) => !isMissing(input, offer, day);
  const none = (day: Day) => !offers.some((offer) => isReported(input, offer, day));
  return {
    days: days.length,
    wholeDays: days.filter((day) => !none(day) && offers.every((offer) => covers(offer, day))).length,
    offers: offers.length,
    wholeOffers: offers.filter((offer) => days.every((day) => covers(offer, day))).length,
  };
}

function stateOf(input: ReportInput, { days, offers }: Cell): ReportState {
  if (!offers.some((offer) => days.some((day) => isReported(input, offer, day)))) return 'absent';
  const isOpen = offers.some((offer) =>
    days.some((day) => isMissing(input, offer, day) || isYoung(input, offer, day)),
  );
  return isOpen ? 'provisional' : 'reported';
}

function isYoung(input: ReportInput, offer: Offer, day: Day): boolean {
  const record = input.records.get(offer.id)?.on(day);
  const settleMs = input.settleMs.get(offer.id) ?? defaultSettleMs;
  return !!record && isProvisional(record, settleMs, input.zone);
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
