import {
  addDays,
  addMilliseconds,
  type Day,
  daysApart,
  firstOfMonth,
  type Instant,
  lastOfMonth,
} from '../dates.js';
import type { Offer } from '../offers/offer.js';
import type { Stores } from '../ports.js';
import type { GroupKey } from '../sync/figure-store.js';
import { type DigestInput, digestFields, type PastWindow } from './digest-input.js';
import type { Period } from './period.js';
import { readRecords } from './read-records.js';
import { knownFigures, readingsNow, readingsThen, withPast } from './readings.js';

/** What a digest is asked for. */
export interface DigestRequest {
  readonly workspace: string;
  readonly channelName: string;
  /** The offers whose figures the readers may see. */
  readonly offers: readonly Offer[];
  readonly period: Period;
  readonly zone: string;
  readonly now: Instant;
  /** When readers were last told, and up to which day; `null` for a first digest. */
  readonly since: { readonly at: Instant; readonly toldTo: Day } | null;
  readonly late?: DigestInput['late'];
}

const dayMs = 86_400_000;
const weeksBack = 4;
/** From here on campaigns would make the tables of a long period needlessly large. */
const longestByCampaign = 7;
const chartDays = 30;

/** Reads everything from the stores; what is made of it is pure. */
export async function gatherDigest(stores: Stores, request: DigestRequest): Promise<DigestInput> {
  const { period, zone, now, offers } = request;
  const { figures } = stores;
  const offerIds = offers.map((offer) => offer.id);
  const byCampaign = daysApart(period.from, period.to) < longestByCampaign;
  const by: GroupKey[] = byCampaign ? ['day', 'offer', 'campaign'] : ['day', 'offer'];

  const steps = stepsBack(period);
  const spans = [period, ...steps.map((back) => shifted(period, back))];
  const month = { from: firstOfMonth(period.to), to: period.to };
  const last = lastMonthPeriod(period.to);
  const days = { from: addDays(period.to, 1 - chartDays), to: period.to };
  const [earliest = last.from] = [last.from, days.from, ...spans.map(({ from }) => from)].sort();
  const history = { from: earliest, to: period.to };
  const { records, settleMs } = await readRecords(stores, offerIds, history, zone);
  const ofOffers = { by: ['offer'], fields: digestFields } as const;
  const sums = await figures.windowSums(offerIds, [
    ...spans.map((span) => ({ ...span, by, fields: digestFields })),
    { ...days, by: ['day'], fields: ['ftds', 'ngr'] },
    ...[month, last, ...between(history, last, month)].map((part) => ({ ...part, ...ofOffers })),
  ]);
  const told = sums.slice(0, spans.length);
  const [current = [], ...then] = told;
  const [chart = [], ...parts] = sums.slice(spans.length);
  const [soFar = [], lastNow = []] = parts;
  const weeks: PastWindow[] = [];
  for (const [week, back] of steps.entries()) {
    const window = shifted(period, back);
    const asOf = addMilliseconds(now, -back * dayMs);
    const past = await figures.pastSums({ offerIds, by, ...window, asOf });
    weeks.push({ period: window, readings: readingsThen(then[week] ?? [], past, asOf, records) });
  }
  const asOf = addMilliseconds(now, -daysApart(last.from, month.from) * dayMs);
  const lastPast = await figures.pastSums({ offerIds, by: ['offer'], ...last, asOf });
  const { since } = request;
  return {
    period,
    zone,
    now,
    channelName: request.channelName,
    offers,
    records,
    settleMs,
    current: readingsNow(current, records),
    campaigns: byCampaign ? told.flat() : null,
    weeks,
    days: chart,
    known: knownFigures(offers, parts.flat(), digestFields),
    month: { period: month, rows: soFar },
    lastMonth: { period: last, rows: withPast(lastNow, lastPast) },
    since: since && { ...since, changes: await figures.changeSums(offerIds, since.at, now) },
    incidents: await stores.incidents.listOpen(request.workspace),
    late: request.late ?? null,
  };
}

/** The days of the history that are in neither month, so that all of it is read once. */
function between(history: Period, last: Period, month: Period): Period[] {
  const before = { from: history.from, to: addDays(last.from, -1) };
  const after = { from: addDays(last.to, 1), to: addDays(month.from, -1) };
  return [before, after].filter(({ from, to }) => from <= to);
}

/** Whole weeks, so that weekdays meet: one to four for a day or a week, more for a month, which must not overlap itself. */
function stepsBack(period: Period): number[] {
  const step = 7 * Math.ceil((daysApart(period.from, period.to) + 1) / 7);
  return Array.from({ length: weeksBack }, (_, index) => step * (index + 1));
}

function shifted(period: Period, back: number): Period {
  return { from: addDays(period.from, -back), to: addDays(period.to, -back) };
}

/** Last month up to the same day of the month, or to its end where it is shorter. */
export function lastMonthPeriod(day: Day): Period {
  const end = addDays(firstOfMonth(day), -1);
  const sameDay = `${end.slice(0, 7)}-${day.slice(8)}`;
  return { from: firstOfMonth(end), to: sameDay < lastOfMonth(end) ? sameDay : lastOfMonth(end) };
}
