import { stringify } from 'csv-stringify/sync';
import type { Attachment } from '../card.js';
import type { Core } from '../ports.js';
import { csvFile, harmlessText } from '../reports/csv.js';
import { stateOf } from './list-card.js';
import type { Offer } from './offer.js';

const columns = [
  'number',
  'name',
  'platform',
  'host',
  'report',
  'token_ends',
  'currency',
  'owner',
  'channel',
  'state',
  'history_from',
  'last_good_sync',
] as const;

/** The list of offers without secrets, as UTF-8 CSV. */
export async function offersCsv(core: Core, offers: readonly Offer[]): Promise<Attachment> {
  const rows = await Promise.all(
    offers.map(async (offer) => {
      const [open] = await core.stores.incidents.openFor(offer.id);
      return [
        String(offer.number),
        offer.name,
        offer.platform,
        offer.host,
        offer.reportName ?? '',
        offer.tokenTail,
        offer.currency ?? '',
        offer.ownerName,
        offer.channelName,
        stateOf(offer, open),
        offer.historyFrom,
        offer.lastGoodSyncAt ?? '',
      ];
    }),
  );
  return csvFile(stringify([columns, ...rows.map((row) => row.map(harmlessText))]), 'offers.csv');
}
