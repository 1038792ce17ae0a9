import { channelOffers, visibleOffers } from '../access/visible-offers.js';
import type { Answer, Caller } from '../command.js';
import { dayIn } from '../dates.js';
import type { Period } from '../digest/period.js';
import { type FigureField, figureFields } from '../figures.js';
import type { Offer } from '../offers/offer.js';
import type { Core } from '../ports.js';
import { ProblemError } from '../problems/problem.js';
import { nothingToShare, offerNotHere } from '../problems/report.js';
import type { GroupKey } from '../sync/figure-store.js';
import { csvFile, reportCsv } from './csv.js';
import { gatherReport } from './gather-report.js';
import { parseGrouping, parseMetrics } from './grouping.js';
import { parseRange, type RangeWords } from './range.js';
import { coverageText, reportCard, reportTitle } from './report-card.js';
import { reportChartCard } from './report-chart.js';
import { wholeCoverage } from './report-rows.js';
import { callerZone } from './zone.js';

export interface ReportOptions extends RangeWords {
  readonly by?: string | undefined;
  readonly offer?: string | undefined;
  readonly metrics?: string | undefined;
  readonly as?: 'table' | 'chart' | 'csv' | undefined;
  readonly share?: boolean | undefined;
}

const tableFields: readonly FigureField[] = [
  'clicks',
  'registrations',
  'ftds',
  'deposits',
  'ngr',
  'commission',
];
/** Day alone means the full grain in a file: what the store holds, nothing added up. */
const fullGrain: readonly GroupKey[] = ['day', 'offer', 'brand', 'campaign'];

/** The report that the caller asked for, of the offers that they may see (when shared: of the channel's offers alone). */
export async function makeReport(core: Core, caller: Caller, options: ReportOptions): Promise<Answer> {
  const now = core.clock.now();
  const zone = await callerZone(core, caller);
  const period = parseRange(options, dayIn(zone, now), '7d');
  const as = options.as ?? 'table';
  const askedBy = options.by === undefined ? [] : parseGrouping(options.by);
  const asked = options.metrics === undefined ? [] : parseMetrics(options.metrics);
  const offers = await reportedOffers(core, caller, options);
  if (offers.length === 0) return { card: noOffersCard(caller) };
  const by = groupingOf(askedBy, as, period, offers);
  const fields = asked.length > 0 ? asked : as === 'csv' ? figureFields : tableFields;
  const input = await gatherReport(core.stores, { offers, period, by, fields, zone, now });
  if (as === 'chart') return { card: reportChartCard(input) };
  if (as === 'table') return { card: reportCard(input, commandText(options)) };
  const file = csvFile(reportCsv(input), `tallyman-${period.from}-${period.to}.csv`);
  const card = {
    title: reportTitle(input),
    tone: 'plain' as const,
    blocks: [
      { type: 'text' as const, text: `${file.name} · ${coverageText(wholeCoverage(input))} · ${input.zone}` },
    ],
  };
  return { card, files: [file] };
}

async function reportedOffers(core: Core, caller: Caller, options: ReportOptions): Promise<readonly Offer[]> {
  const visible = await visibleOffers(core, caller);
  const asked =
    options.offer === undefined ? visible : [await namedOffer(core, caller, visible, options.offer)];
  if (!options.share) return asked;
  const here = (await channelOffers(core, caller)).map((offer) => offer.id);
  const shared = asked.filter((offer) => here.includes(offer.id));
  if (shared.length === 0) throw new ProblemError(nothingToShare(caller.channel.name));
  return shared;
}

/** One answer for an offer that is not there and for one that the caller may not see. */
async function namedOffer(
  core: Core,
  caller: Caller,
  visible: readonly Offer[],
  name: string,
): Promise<Offer> {
  const found = await core.stores.offers.find(caller.workspace, name);
  const offer = visible.find((candidate) => candidate.id === found?.id);
  if (!offer) throw new ProblemError(offerNotHere(name));
  return offer;
}

function groupingOf(
  asked: readonly GroupKey[],
  as: 'table' | 'chart' | 'csv',
  period: Period,
  offers: readonly Offer[],
): readonly GroupKey[] {
  if (as === 'chart') return ['day'];
  if (as === 'csv') return asked.length === 0 || asked.join() === 'day' ? fullGrain : asked;
  if (asked.length > 0) return asked;
  return period.from !== period.to && offers.length === 1 ? ['day'] : ['offer'];
}

function commandText({ range, from, to, by, offer, metrics }: ReportOptions): string {
  const words = [
    range,
    from && `from:${from}`,
    to && `to:${to}`,
    by && `by:${quoted(by)}`,
    offer && `offer:${quoted(offer)}`,
    metrics && `metrics:${quoted(metrics)}`,
  ];
  return ['/report', ...words.filter((word) => word !== undefined)].join(' ');
}

function quoted(text: string): string {
  return /\s/.test(text) ? `"${text.replaceAll('"', '')}"` : text;
}

function noOffersCard(caller: Caller): Answer['card'] {
  return {
    title: 'Nothing to report yet',
    tone: 'plain',
    blocks: [
      {
        type: 'steps',
        title: `There is no offer whose figures can be shown to you in ${caller.channel.name}.`,
        text: "Figures are shown in the offer's own channel, to its owner and to admins.",
        steps: ['Ask in the channel of an offer.', 'Or add an offer: /offer add <url>'],
      },
    ],
  };
}
