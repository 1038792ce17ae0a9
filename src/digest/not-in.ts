import { readableInstant, readableSpan } from '../dates.js';
import type { Incident, IncidentKind } from '../incidents/incident.js';
import type { Offer } from '../offers/offer.js';
import type { DigestInput } from './digest-input.js';
import { isIn, type OfferState } from './offer-state.js';

const reasons: Readonly<Record<IncidentKind, string>> = {
  'token-refused': 'token refused',
  'sync-failing': 'cannot be read',
  'platform-down': 'its programme is down',
  'report-drifted': 'its report has changed',
  'source-silent': 'no new day',
  'ftd-drop': 'fewer FTD',
  'delivery-failed': 'messages cannot be delivered',
};

/** What keeps an offer from reporting; the other kinds do not. */
const blocking: readonly IncidentKind[] = [
  'token-refused',
  'platform-down',
  'report-drifted',
  'sync-failing',
  'source-silent',
];

/** `Royal: token refused since Tue 07:10, Ann has been told`, a line for each active offer that is not wholly in. */
export function notInTexts(input: DigestInput, states: readonly OfferState[]): string[] {
  return states
    .filter((state) => !isIn(state))
    .map(({ offer, daysIn, days }) => {
      const part = daysIn > 0 ? ` (${daysIn} of ${days} days in)` : '';
      return `${offer.name}: ${reasonText(input, offer)}${part}`;
    });
}

function reasonText(input: DigestInput, offer: Offer): string {
  const incident = incidentOf(input.incidents, offer);
  if (incident) {
    const since = readableInstant(incident.openedAt, input.zone, input.now);
    const told = incident.toldAt === null ? '' : `, ${offer.ownerName} has been told`;
    return `${reasons[incident.kind]} since ${since}${told}`;
  }
  const days = input.records.get(offer.id)?.between('', input.period.to) ?? [];
  const last = days.findLast((record) => record.state === 'reported');
  if (last) return `the programme has not got it yet; its last day is ${readableSpan(last.day, last.day)}`;
  return offer.lastGoodSyncAt === null ? 'not read yet' : 'the programme has no day of it yet';
}

function incidentOf(incidents: readonly Incident[], offer: Offer): Incident | undefined {
  const own = incidents.filter(
    (incident) =>
      incident.state !== 'recovered' &&
      (incident.offerId === offer.id || incident.subject === `host:${offer.host}`),
  );
  return blocking.flatMap((kind) => own.find((incident) => incident.kind === kind) ?? [])[0];
}

/** Open incidents of offers that have reported all the same: `Bella: its report has changed (incident 3)`. */
export function otherIncidentTexts(input: DigestInput, states: readonly OfferState[]): string[] {
  return states
    .filter(isIn)
    .flatMap(({ offer }) =>
      input.incidents
        .filter((incident) => incident.offerId === offer.id && incident.state !== 'recovered')
        .map((incident) => `${offer.name}: ${reasons[incident.kind]} (incident ${incident.number})`),
    );
}
