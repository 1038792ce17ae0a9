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
import type { DayRecord, GroupKey } from '../sync/figure-store.js';
import type { DigestInput } from './digest-input.js';
import type { Period } from './period.js';
import type { PastWindow, RecordsByOffer } from './readings.js';
import { settleTimeOf } from './settle-time-of.js';

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
  const offerIds = offers.map((offer) => offer.id);
  const byCampaign = daysApart(period.from, period.to) < longestByCampaign;
  const by: GroupKey[] = byCampaign ? ['day', 'offer', 'campaign'] : ['day', 'offer'];
  const sums = (window: Period, keys: readonly GroupKey[], asOf?: Instant) =>
    stores.figures.sums({ offerIds, ...window, by: keys, ...(asOf === undefined ? {} : { asOf }) });
  const pastWindow = async (window: Period, back: number, keys: readonly GroupKey[]): Promise<PastWindow> => {
    const asOf = addMilliseconds(now, -back * dayMs);
    return {
      period: window,
      asOf,
      final: await sums(window, keys),
      sameAge: await sums(window, keys, asOf),
    };
  };

  const weeks: PastWindow[] = [];
  for (const back of stepsBack(period)) {
    weeks.push(await pastWindow(shifted(period, back), back, by));
  }
  const last = lastMonthPeriod(period.to);
  const lastMonth = await pastWindow(last, daysApart(last.from, firstOfMonth(period.to)), ['day', 'offer']);
  const earliest = [
    last.from,
    ...weeks.map((week) => week.period.from),
    addDays(period.to, 1 - chartDays),
  ].sort()[0];
  const history = { from: earliest ?? period.from, to: period.to };
  const { records, settleMs } = await recordsOf(stores, offers, history, zone);
  return {
    period,
    zone,
    now,
    channelName: request.channelName,
    offers,
    records,
    settleMs,
    rows: await sums(period, by),
    byCampaign,
    weeks,
    history: await sums(history, ['day', 'offer']),
    lastMonth,
    since:
      request.since === null
        ? null
        : { ...request.since, changes: await stores.figures.changeSums(offerIds, request.since.at, now) },
    incidents: await stores.incidents.listOpen(request.workspace),
    late: request.late ?? null,
  };
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

async function recordsOf(
  stores: Stores,
  offers: readonly Offer[],
  window: Period,
  zone: string,
): Promise<{ records: RecordsByOffer; settleMs: ReadonlyMap<number, number> }> {
  const records = new Map<number, ReadonlyMap<Day, DayRecord>>();
  const settleMs = new Map<number, number>();
  for (const offer of offers) {
    const days = await stores.figures.days(offer.id, window.from, window.to);
    const ordered = days.toSorted((one, other) => (one.day < other.day ? -1 : 1));
    records.set(offer.id, new Map(ordered.map((record) => [record.day, record])));
    settleMs.set(offer.id, await settleTimeOf(stores, offer.id, window.to, zone));
  }
  return { records, settleMs };
}
