import type { Block } from '../card.js';
import { readableSpan } from '../dates.js';
import { currencyLabel, figureLabels } from '../reports/figure-labels.js';
import { readableValue } from '../reports/figure-value.js';
import type { CurrencyTotals } from './currency-totals.js';
import { type DigestInput, digestFields } from './digest-input.js';
import { finalMark, finalNote } from './headline.js';
import { type DayCoverage, type MonthToDate, monthFields, monthToDate } from './month-to-date.js';
import { moverTexts } from './movers.js';
import { otherIncidentTexts } from './not-in.js';
import type { Measured, OfferFigures } from './offer-figures.js';
import { byFtd, rankOffers, rarityOf } from './offer-ranking.js';
import { isIn, type OfferState } from './offer-state.js';
import { differenceText, type Usual, usualText } from './usual.js';

/** No surface draws more lines; the rest is counted. */
const mostLines = 100;

/** What goes into the thread: every figure, every offer, what moved, the month. */
export function detailBlocks(
  input: DigestInput,
  states: readonly OfferState[],
  totals: readonly CurrencyTotals[],
  figures: readonly OfferFigures[],
): Block[] {
  if (totals.length === 0) return [];
  const currencies = totals.map((total) => total.currency);
  const shown = figures.filter((entry) => currencies.includes(entry.currency));
  return [
    totalsTable(totals),
    { type: 'text', text: usualNote(totals), muted: true },
    ...missingFigures(totals),
    offersTable(states, shown),
    ...facts(input, states, shown),
    monthTable(currencies.map((currency) => monthToDate(input, currency))),
  ];
}

function totalsTable(totals: readonly CurrencyTotals[]): Block {
  return {
    type: 'table',
    columns: [
      { label: 'Currency' },
      { label: 'Figure' },
      { label: 'Total', align: 'right' },
      { label: 'Usual', align: 'right' },
      { label: 'Against usual', align: 'right' },
    ],
    rows: totals.flatMap(({ currency, totals: byField }) =>
      digestFields.map((field) => {
        const { value, comparable, usual } = byField[field];
        return [
          currencyLabel(currency),
          figureLabels[field],
          readableValue(value, field, currency),
          usualCell(usual, field, currency),
          usual === null ? 'n/a' : differenceText(comparable, usual, field, currency),
        ];
      }),
    ),
  };
}

function usualCell(usual: Usual | null, field: (typeof digestFields)[number], currency: string): string {
  if (usual === null) return 'n/a';
  return `${usualText(usual, field, currency)}${finalMark(usual)}`;
}

function usualNote(totals: readonly CurrencyTotals[]): string {
  const hasFinal = totals.some(({ totals: byField }) =>
    digestFields.some((field) => byField[field].usual?.hasFinal),
  );
  const note = 'Usual: the mean of the same weekday in the last four weeks, as it stood at this age.';
  return hasFinal ? `${note} ${finalNote}` : note;
}

function missingFigures(totals: readonly CurrencyTotals[]): Block[] {
  const lines = totals.flatMap(({ currency, totals: byField }) =>
    digestFields
      .filter((field) => byField[field].without.length > 0 && byField[field].value !== null)
      .map(
        (field) => `${currencyLabel(currency)} ${figureLabels[field]}: ${byField[field].without.join(', ')}`,
      ),
  );
  return lines.length === 0
    ? []
    : [{ type: 'text', text: `Totals without (n/a there): ${lines.join(' · ')}`, muted: true }];
}

function offersTable(offerStates: readonly OfferState[], figures: readonly OfferFigures[]): Block {
  const states = new Map(offerStates.map((state) => [state.offer.id, state]));
  const { best, worst } = rankOffers(figures);
  const first = [...best, ...worst];
  const entries = [...first, ...byFtd(figures).filter((entry) => !first.includes(entry))];
  return {
    type: 'table',
    columns: [
      { label: 'Offer' },
      { label: 'Currency' },
      { label: 'FTD', align: 'right' },
      { label: 'Usual', align: 'right' },
      { label: 'NGR', align: 'right' },
      { label: 'Usual', align: 'right' },
      { label: 'Commission', align: 'right' },
      { label: 'Note' },
    ],
    rows: entries.slice(0, mostLines).map((entry) => {
      const { ftds, ngr, commission } = entry.measured;
      const state = states.get(entry.offer.id);
      const notes = [
        worst.includes(entry) ? 'worst' : '',
        rarityOf(entry) ?? '',
        state && !isIn(state) ? `${state.daysIn} of ${state.days} days` : '',
        state?.provisional ? 'still filling up' : '',
      ];
      return [
        entry.offer.name,
        currencyLabel(entry.currency),
        readableValue(ftds.value, 'ftds', entry.currency),
        measuredUsual(ftds, 'ftds', entry.currency),
        readableValue(ngr.value, 'ngr', entry.currency),
        measuredUsual(ngr, 'ngr', entry.currency),
        readableValue(commission.value, 'commission', entry.currency),
        notes.filter((note) => note !== '').join(', '),
      ];
    }),
    left: Math.max(0, entries.length - mostLines),
    more: '/report yesterday by:offer',
  };
}

function measuredUsual({ usual }: Measured, field: 'ftds' | 'ngr', currency: string): string {
  return usualCell(usual, field, currency);
}

function facts(input: DigestInput, states: readonly OfferState[], figures: readonly OfferFigures[]): Block[] {
  const lines = [
    { label: 'Moved most', value: moverTexts(input, figures).join('\n') },
    { label: 'Needs a hand', value: otherIncidentTexts(input, states).join('\n') },
  ].filter((fact) => fact.value !== '');
  return lines.length === 0 ? [] : [{ type: 'facts', facts: lines }];
}

function monthTable(months: readonly MonthToDate[]): Block {
  return {
    type: 'table',
    columns: [
      { label: 'Month to date' },
      { label: 'Currency' },
      ...monthFields.map((field) => ({ label: figureLabels[field], align: 'right' as const })),
      { label: 'Days whole' },
    ],
    rows: months.flatMap((month) => {
      const row = (label: string, values: MonthToDate['soFar'], coverage: string) => [
        label,
        currencyLabel(month.currency),
        ...monthFields.map((field) => readableValue(values[field], field, month.currency)),
        coverage,
      ];
      const span = readableSpan(month.period.from, month.period.to);
      return [
        row(span, month.soFar, daysText(month.coverage)),
        row('Last month by then', month.lastMonth, daysText(month.lastCoverage)),
        ...(month.projected === null ? [] : [row('On course for', month.projected, '')]),
      ];
    }),
  };
}

function daysText({ whole, days }: DayCoverage): string {
  return `${whole} of ${days} days`;
}
