import type { Block, Card } from '../card.js';
import { readableInstant } from '../dates.js';
import { type CurrencyTotals, currencyTotals } from './currency-totals.js';
import { chartAlt, chartOf, type DaySeries, daySeries } from './digest-chart.js';
import { detailBlocks } from './digest-details.js';
import type { DigestInput } from './digest-input.js';
import { finalNote, headline } from './headline.js';
import { notInTexts } from './not-in.js';
import { type OfferFigures, offerFigures } from './offer-figures.js';
import { bestText, rankOffers, worstText } from './offer-ranking.js';
import { coverageText, isIn, type OfferState, offerStates } from './offer-state.js';
import { readablePeriod } from './period.js';
import { arrivedTexts, restatedTexts } from './restated.js';

const linesShown = 5;
const mostCharts = 3;

/** The day's summary: can it be trusted, what came in against what is usual, what needs a hand; the rest in `details`. */
export function digestCard(input: DigestInput): Card {
  if (input.offers.length === 0) return emptyCard(input);
  const states = offerStates(input);
  const figures = offerFigures(input);
  const totals = currencyTotals(figures);
  const pictures = totals.map((total) => ({ total, series: daySeries(input, total.currency) }));
  return {
    title: `${readablePeriod(input.period)} · ${coverageText(states)}`,
    tone: states.every(isIn) ? 'plain' : 'warning',
    blocks: [
      { type: 'text', text: placeText(input), muted: true },
      ...lateBlocks(input),
      ...figureBlocks(states, pictures),
      ...needBlocks(input, states, figures),
      ...pictures.slice(0, 1).map(chartBlock),
    ],
    details: [
      ...detailBlocks(input, states, totals, figures),
      ...pictures.slice(1, mostCharts).map(chartBlock),
    ],
  };
}

function placeText(input: DigestInput): string {
  const paused = input.offers.filter((offer) => offer.state === 'paused').map((offer) => offer.name);
  return paused.length === 0 ? input.zone : `${input.zone} · paused: ${paused.join(', ')}`;
}

function lateBlocks({ late, zone, now }: DigestInput): Block[] {
  if (late === null) return [];
  const missed = late.skipped === 1 ? '1 earlier digest was' : `${late.skipped} earlier digests were`;
  const catchUp = late.skipped === 0 ? '' : ` ${missed} missed too; /report shows those days.`;
  return [
    {
      type: 'text',
      text: `Late: this was due ${readableInstant(late.dueAt, zone, now)}.${catchUp}`,
      muted: true,
    },
  ];
}

/** A currency's figures with its last thirty days. */
interface Picture {
  readonly total: CurrencyTotals;
  readonly series: DaySeries;
}

function figureBlocks(states: readonly OfferState[], pictures: readonly Picture[]): Block[] {
  if (pictures.length === 0) return [{ type: 'text', text: emptyReason(states) }];
  const isMarked = pictures.some(({ total: { totals } }) =>
    [totals.ftds, totals.ngr, totals.commission].some(({ usual }) => usual?.hasFinal),
  );
  return [
    { type: 'facts', facts: pictures.map(({ total, series }) => headline(total, series)) },
    ...(isMarked ? [{ type: 'text' as const, text: finalNote, muted: true }] : []),
  ];
}

/** Nothing to add up: either nobody has reported, or those who have reported rows of no currency at all. */
function emptyReason(states: readonly OfferState[]): string {
  if (states.length === 0) return 'No figures: every offer here is paused. /offer resume starts one again.';
  if (!states.some((state) => state.daysIn > 0))
    return 'No figures: none of the offers has reported this day yet. This is not a zero.';
  return 'The offers reported, and their reports hold no rows: nothing happened on this day.';
}

function needBlocks(
  input: DigestInput,
  states: readonly OfferState[],
  figures: readonly OfferFigures[],
): Block[] {
  const { best, worst } = rankOffers(figures);
  const facts = [
    { label: 'Best', value: best.map(bestText).join(' · ') },
    { label: 'Worst', value: worst.map(worstText).join(' · ') },
    { label: `Restated since ${sinceText(input)}`, value: restatedTexts(input).join('\n') },
    { label: 'Came in late', value: shortened(arrivedTexts(input), ' · ') },
    { label: 'Not in', value: shortened(notInTexts(input, states), '\n') },
  ].filter((fact) => fact.value !== '');
  return facts.length === 0 ? [] : [{ type: 'facts', facts }];
}

function sinceText({ since, zone, now }: DigestInput): string {
  return since === null ? '' : readableInstant(since.at, zone, now);
}

function shortened(lines: readonly string[], separator: string): string {
  const more = lines.length - linesShown;
  return [...lines.slice(0, linesShown), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}

function chartBlock({ total: { currency }, series }: Picture): Block {
  return { type: 'chart', chart: chartOf(series, currency), alt: chartAlt(series, currency) };
}

function emptyCard(input: DigestInput): Card {
  return {
    title: `${readablePeriod(input.period)} · no offer in ${input.channelName}`,
    tone: 'plain',
    blocks: [
      {
        type: 'steps',
        title: `Nothing to sum up: no offer belongs to ${input.channelName}.`,
        text: 'A digest tells the figures of the offers of its own channel.',
        steps: [
          `Add an offer here: /offer add <url> channel:${input.channelName}`,
          `Move one here: /offer edit "Lucky Star" channel:${input.channelName}`,
        ],
      },
    ],
  };
}
