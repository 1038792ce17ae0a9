import type { Block, Card } from '../card.js';
import { readableDay } from '../dates.js';
import { readablePeriod } from '../digest/period.js';
import type { FigureField } from '../figures.js';
import { currencyLabel, figureLabels, summedLabel } from './figure-labels.js';
import { type FigureValue, figureValue, readableValue, sumValues } from './figure-value.js';
import type { ReportCoverage, ReportInput, ReportRow } from './report.js';
import { reportRows, wholeCoverage, wholeState } from './report-rows.js';

/** More would make the answer slow to draw everywhere; the file holds all. */
const mostRows = 200;

/** A table of the report, with a total a currency and the coverage of every line. */
export function reportCard(input: ReportInput, command: string): Card {
  if (wholeState(input) === 'absent') return emptyCard(input);
  const rows = inOrder(reportRows(input), input);
  const shown = rows.slice(0, mostRows);
  return {
    title: reportTitle(input),
    tone: 'plain',
    blocks: [
      { type: 'text', text: sourceText(input), muted: true },
      {
        type: 'table',
        columns: [
          ...keyLabels(input).map((label) => ({ label })),
          { label: 'Currency' },
          ...input.fields.map((field) => ({ label: labelOf(input, field), align: 'right' as const })),
          { label: 'Coverage' },
        ],
        rows: [...shown.map((row) => cells(row, input)), ...totalRows(rows, input)],
        more: `${command} as:csv`,
      },
      ...cutBlocks(rows.length - shown.length, command),
    ],
  };
}

export function reportTitle({ period, offers }: Pick<ReportInput, 'period' | 'offers'>): string {
  const about = offers.length === 1 ? (offers[0]?.name ?? '') : `${offers.length} offers`;
  return `${readablePeriod(period)} · ${about}`;
}

/** `27 of 30 days`, `12 of 13 offers`, or what a single day of a single offer is. */
export function coverageText(coverage: ReportCoverage): string {
  const { days, wholeDays, offers, wholeOffers } = coverage;
  if (days > 1) return `${wholeDays} of ${days} days`;
  if (offers > 1) return `${wholeOffers} of ${offers} offers`;
  return wholeDays === 1 ? 'reported' : 'absent';
}

function sourceText(input: ReportInput): string {
  const total = coverageText(wholeCoverage(input));
  const state = wholeState(input) === 'provisional' ? ' · not complete yet' : '';
  return `${total}${state} · ${input.zone}`;
}

function emptyCard(input: ReportInput): Card {
  return {
    title: reportTitle(input),
    tone: 'warning',
    blocks: [
      { type: 'text', text: sourceText(input), muted: true },
      {
        type: 'text',
        text: 'No figures: none of the offers has reported these days yet. This is not a zero; /offer list shows what keeps them.',
      },
    ],
  };
}

function cutBlocks(left: number, command: string): Block[] {
  return left <= 0 ? [] : [{ type: 'text', text: `${left} more rows: ${command} as:csv`, muted: true }];
}

function labelOf({ period, by }: ReportInput, field: FigureField): string {
  const isOneDay = period.from === period.to || by.includes('day');
  return isOneDay ? figureLabels[field] : summedLabel(field);
}

function keyLabels({ by }: ReportInput): string[] {
  const labels = { day: 'Day', month: 'Month', offer: 'Offer', brand: 'Brand', campaign: 'Campaign' };
  return by.map((key) => labels[key]);
}

function cells(row: ReportRow, input: ReportInput): string[] {
  const keys = {
    day: row.date === null ? '' : safeDay(row.date),
    month: row.date ?? '',
    offer: row.offer?.name ?? '',
    brand: row.brand || '–',
    campaign: row.campaign || '–',
  };
  const mark = row.state === 'provisional' ? ' · not complete' : '';
  return [
    ...input.by.map((key) => keys[key]),
    row.state === 'absent' ? '' : currencyLabel(row.currency),
    ...input.fields.map((field) => readableValue(figureValue(row.figures, field), field, row.currency)),
    `${coverageText(row.coverage)}${row.state === 'provisional' ? mark : ''}`,
  ];
}

function safeDay(date: string): string {
  return date.length === 10 ? readableDay(date) : date;
}

function totalRows(rows: readonly ReportRow[], input: ReportInput): string[][] {
  if (input.by.length === 0) return [];
  const known = rows.filter((row) => row.state !== 'absent');
  const currencies = [...new Set(known.map((row) => row.currency))].sort();
  const coverage = coverageText(wholeCoverage(input));
  return currencies.map((currency) => {
    const own = known.filter((row) => row.currency === currency);
    const total = (field: FigureField): FigureValue =>
      sumValues(own.map((row) => figureValue(row.figures, field)));
    return [
      ...input.by.map((_, index) => (index === 0 ? 'Total' : '')),
      currencyLabel(currency),
      ...input.fields.map((field) => readableValue(total(field), field, currency)),
      coverage,
    ];
  });
}

/** Days as they pass; within them, and without them, the most FTD first. */
function inOrder(rows: readonly ReportRow[], input: ReportInput): ReportRow[] {
  const ftds = (row: ReportRow) => row.figures.ftds ?? -1;
  const isDated = input.by.includes('day') || input.by.includes('month');
  return [...rows].sort((one, other) => {
    if (isDated && one.date !== other.date) return (one.date ?? '') < (other.date ?? '') ? -1 : 1;
    return ftds(other) - ftds(one);
  });
}
