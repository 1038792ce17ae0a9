import type { Instant } from '../dates.js';
import type { Core } from '../ports.js';
import type { Messenger } from './outbox.js';

type Shared = Pick<Core, 'stores' | 'slots'>;

/**
 * What the far side told us to wait, by messenger and workspace. It lives in memory, since after a restart the first
 * answer tells it again; where several processes tell, each has to know what the others were told.
 */
const pauses = new WeakMap<Messenger, Map<string, Instant>>();

const keyOf = (workspace: string) => `pause:${workspace}`;

export async function pauseUntil(
  core: Shared,
  messenger: Messenger,
  workspace: string,
  until: Instant,
): Promise<void> {
  const before = await told(core, messenger, workspace);
  if (before !== null && before >= until) return;
  const known = pauses.get(messenger) ?? new Map<string, Instant>();
  pauses.set(messenger, known.set(workspace, until));
  if (core.slots) await core.stores.surfaceState.set(keyOf(workspace), until);
}

/** The instant until which this workspace must be left alone, `null` when it need not. */
export async function pausedUntil(
  core: Shared,
  messenger: Messenger,
  workspace: string,
  now: Instant,
): Promise<Instant | null> {
  const until = await told(core, messenger, workspace);
  return until !== null && until > now ? until : null;
}

async function told(
  { stores, slots }: Shared,
  messenger: Messenger,
  workspace: string,
): Promise<Instant | null> {
  const here = pauses.get(messenger)?.get(workspace) ?? null;
  const elsewhere = slots ? await stores.surfaceState.get(keyOf(workspace)) : null;
  return here !== null && (elsewhere === null || here > elsewhere) ? here : elsewhere;
}
