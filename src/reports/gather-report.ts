import type { Day } from '../dates.js';
import { settleTimeOf } from '../digest/settle-time-of.js';
import type { Stores } from '../ports.js';
import type { DayRecord } from '../sync/figure-store.js';
import type { ReportInput, ReportRequest } from './report.js';

/** Reads what a report needs; what is made of it is pure. */
export async function gatherReport(stores: Stores, request: ReportRequest): Promise<ReportInput> {
  const { period, offers, zone } = request;
  const offerIds = offers.map((offer) => offer.id);
  const records = new Map<number, ReadonlyMap<Day, DayRecord>>();
  const settleMs = new Map<number, number>();
  for (const offer of offers) {
    const days = await stores.figures.days(offer.id, period.from, period.to);
    records.set(offer.id, new Map(days.map((record) => [record.day, record])));
    settleMs.set(offer.id, await settleTimeOf(stores, offer.id, period.to, zone));
  }
  const rows = await stores.figures.sums({ offerIds, ...period, by: request.by });
  const isByOffer = request.by.join() === 'offer';
  return {
    ...request,
    rows,
    offerRows: isByOffer ? rows : await stores.figures.sums({ offerIds, ...period, by: ['offer'] }),
    records,
    settleMs,
  };
}
