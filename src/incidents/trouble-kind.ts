import type { IncidentKind } from './incident.js';

/** Codes that mean "this login is not taken". */
const refusals = new Set(['probe.token-refused', 'probe.login-page', 'probe.forbidden']);

/** Codes that may pass by themselves. */
const passing = new Set(['probe.server-error', 'probe.timed-out', 'probe.unreachable', 'probe.rate-limited']);

/** Codes that a programme in trouble gives to everybody: a page in place of the report, or no report at all. */
const alsoOutage = new Set(['probe.not-found', 'probe.unreadable', 'probe.redirected']);

export function isRefusal(code: string): boolean {
  return refusals.has(code);
}

export function mayPass(code: string): boolean {
  return passing.has(code);
}

/** True for what would be the platform's fault if many offers of one host had it at the same time. */
export function mayBeOutage(code: string): boolean {
  return refusals.has(code) || passing.has(code) || alsoOutage.has(code);
}

/** The kind of a single offer's trouble. `probe.forbidden` is not always the token, so it keeps its own words. */
export function kindOfTrouble(code: string): 'token-refused' | 'sync-failing' {
  return code === 'probe.token-refused' || code === 'probe.login-page' ? 'token-refused' : 'sync-failing';
}

/** Kinds that mean that an offer cannot be read. */
export function hasStopped(kind: IncidentKind): boolean {
  return kind === 'token-refused' || kind === 'sync-failing';
}
