import { readableDuration, readableInstant } from '../dates.js';
import type { Incident } from './incident.js';
import type { IncidentView } from './incident-card.js';
import { receiptLine } from './receipt-words.js';

/** Why an offer cannot be read, as the second half of a line. */
const reasons: Readonly<Record<string, string>> = {
  'probe.forbidden': 'access is refused',
  'probe.not-found': 'the report is not there any more',
  'probe.rate-limited': 'the programme asks for fewer requests',
  'probe.server-error': 'the programme answers with an error',
  'probe.timed-out': 'the programme takes too long to answer',
  'probe.unreachable': 'the programme cannot be reached',
  'probe.unreadable': 'its report cannot be read',
  'probe.too-large': 'its report is too large',
};

/** One line that says what is wrong, or what came of it. */
export function incidentTitle(view: IncidentView): string {
  return view.incident.state === 'recovered' ? recoveredTitle(view) : openTitle(view);
}

function openTitle({ incident, name, zone, now }: IncidentView): string {
  const since = `since ${readableInstant(incident.openedAt, zone, now)}`;
  const tries = `${incident.tries} ${incident.tries === 1 ? 'try' : 'tries'}`;
  switch (incident.kind) {
    case 'token-refused':
      return `${name} has stopped: its token is refused (${since}, ${tries})`;
    case 'sync-failing':
      return `${name} has stopped: ${reasons[incident.problem.code] ?? 'it cannot be read'} (${since}, ${tries})`;
    case 'platform-down':
      return `${withoutStop(incident)} (${since}). Nothing to renew`;
    case 'report-drifted':
    case 'source-silent':
    case 'ftd-drop':
    case 'delivery-failed':
      return withoutStop(incident);
  }
}

function recoveredTitle({ incident, name }: IncidentView): string {
  const { receipt } = incident;
  if (incident.kind === 'report-drifted' && receipt === null) {
    return `${name}'s new report is accepted${incident.acknowledgedBy ? ` by ${incident.acknowledgedBy}` : ''}`;
  }
  if (receipt === null) return `${withoutStop(incident)}: closed`;
  const after = readableDuration(receipt.lastedMs);
  switch (incident.kind) {
    case 'token-refused':
    case 'sync-failing':
    case 'platform-down':
      return `${name} is back after ${after}: ${receiptLine(receipt)}`;
    case 'report-drifted':
      return `${name}'s report is whole again after ${after}`;
    case 'source-silent':
      return `${name} sends new days again after ${after}`;
    case 'ftd-drop':
      return `${name}'s FTD are back to usual after ${after}`;
    case 'delivery-failed':
      return `Messages reach ${name} again after ${after}`;
  }
}

/** `open · told Ann`, `acknowledged by Ann`, `snoozed until Thu 12:00`, `mended`. */
export function stateLine({ incident, told, zone, now }: IncidentView): string {
  const number = `alert ${incident.number}`;
  switch (incident.state) {
    case 'open':
      return [number, 'open', ...(told.length > 0 ? [`told ${people(told)}`] : [])].join(' · ');
    case 'acknowledged':
      return `${number} · acknowledged by ${incident.acknowledgedBy ?? 'somebody'}`;
    case 'snoozed':
      return incident.snoozedUntil === null
        ? `${number} · snoozed`
        : `${number} · snoozed until ${readableInstant(incident.snoozedUntil, zone, now)}`;
    case 'recovered':
      return incident.receipt === null ? `${number} · closed` : `${number} · mended`;
  }
}

function people(names: readonly string[]): string {
  return names.length > 3 ? `${names.length} people` : names.join(', ');
}

function withoutStop({ problem }: Incident): string {
  return problem.what.replace(/\.$/, '');
}
