import type { Caller } from '../command.js';
import type { Instant } from '../dates.js';
import type { Stores } from '../ports.js';

/** A workspace is known from its first command on; who types that is its first admin. Guests start nothing. */
export async function knowWorkspace(stores: Stores, caller: Caller, now: Instant): Promise<void> {
  const { workspace, user, isGuest } = caller;
  if (isGuest || (await stores.workspaces.get(workspace))) return;
  const [surface = 'terminal'] = workspace.split(':');
  const known = surface === 'slack' || surface === 'discord' ? surface : 'terminal';
  await stores.workspaces.ensure(workspace, known, workspace, user, now);
}
