import type { Instant } from '../dates.js';
import type { Messenger } from './outbox.js';

/**
 * What the far side told us to wait, by messenger and workspace. It lives in memory: after a restart the first
 * answer tells it again.
 */
const pauses = new WeakMap<Messenger, Map<string, Instant>>();

export function pauseUntil(messenger: Messenger, workspace: string, until: Instant): void {
  const known = pauses.get(messenger) ?? new Map<string, Instant>();
  pauses.set(messenger, known);
  const before = known.get(workspace);
  if (before === undefined || before < until) known.set(workspace, until);
}

/** The instant until which this workspace must be left alone, `null` when it need not. */
export function pausedUntil(messenger: Messenger, workspace: string, now: Instant): Instant | null {
  const until = pauses.get(messenger)?.get(workspace);
  return until !== undefined && until > now ? until : null;
}
