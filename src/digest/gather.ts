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
import { monthFields } from './month-to-date.js';
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
  const asked = { offerIds, by };

  const steps = stepsBack(period);
  const last = lastMonthPeriod(period.to);
  const history = historyOf(period, last, steps);
  const { records, settleMs } = await readRecords(stores, offerIds, history, zone);
  const current = await figures.sums({ ...asked, ...period, fields: digestFields });
  const told = [current];
  const weeks: PastWindow[] = [];
  for (const back of steps) {
    const window = shifted(period, back);
    const asOf = addMilliseconds(now, -back * dayMs);
    const rows = await figures.sums({ ...asked, ...window, fields: digestFields });
    const past = await figures.pastSums({ ...asked, ...window, asOf });
    weeks.push({ period: window, readings: readingsThen(rows, past, asOf, records) });
    told.push(rows);
  }
  const month = { from: firstOfMonth(period.to), to: period.to };
  const asOf = addMilliseconds(now, -daysApart(last.from, month.from) * dayMs);
  const [known = [], soFar = [], lastNow = []] = await figures.windowSums(offerIds, [
    { ...history, fields: digestFields },
    { ...month, fields: monthFields },
    { ...last, fields: monthFields },
  ]);
  const lastPast = await figures.pastSums({ offerIds, by: ['offer'], ...last, asOf });
  const days = { from: addDays(period.to, 1 - chartDays), to: period.to };
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
    days: await figures.sums({ offerIds, ...days, by: ['day'], fields: ['ftds', 'ngr'] }),
    known: knownFigures(offers, known, digestFields),
    month: { period: month, rows: soFar },
    lastMonth: { period: last, rows: withPast(lastNow, lastPast) },
    since: since && { ...since, changes: await figures.changeSums(offerIds, since.at, now) },
    incidents: await stores.incidents.listOpen(request.workspace),
    late: request.late ?? null,
  };
}

/** From the earliest day that anything in the digest looks at. */
function historyOf(period: Period, last: Period, steps: readonly number[]): Period {
  const starts = steps.map((back) => shifted(period, back).from);
  const [earliest] = [last.from, ...starts, addDays(period.to, 1 - chartDays)].sort();
  return { from: earliest ?? period.from, to: period.to };
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
