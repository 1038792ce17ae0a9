import type { Caller } from '../command.js';
import type { WorkspaceStore } from './workspace.js';

/** Named as an admin here, or owner or administrator of the surface itself. Guests never are. */
export async function isAdmin(
  core: { readonly stores: { readonly workspaces: WorkspaceStore } },
  caller: Caller,
): Promise<boolean> {
  if (caller.isGuest) return false;
  if (caller.isSurfaceAdmin) return true;
  const admins = await core.stores.workspaces.admins(caller.workspace);
  return admins.some((admin) => admin.id === caller.user.id);
}
