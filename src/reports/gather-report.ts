import { readRecords } from '../digest/read-records.js';
import type { Stores } from '../ports.js';
import type { ReportInput, ReportRequest } from './report.js';

/** Reads what a report needs; what is made of it is pure. */
export async function gatherReport(stores: Stores, request: ReportRequest): Promise<ReportInput> {
  const { period, by, zone } = request;
  const offerIds = request.offers.map((offer) => offer.id);
  // Rows are put in order by FTD, whichever figures are shown.
  const asked = { offerIds, ...period, fields: [...request.fields, 'ftds'] } as const;
  const rows = await stores.figures.sums({ ...asked, by });
  const isByOffer = by.join() === 'offer';
  return {
    ...request,
    rows,
    offerRows: isByOffer ? rows : await stores.figures.sums({ ...asked, by: ['offer'] }),
    ...(await readRecords(stores, offerIds, period, zone)),
  };
}
