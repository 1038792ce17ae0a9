import type { Caller, Command } from '../command.js';
import type { Offer } from '../offers/offer.js';
import type { Core } from '../ports.js';
import { adminsOnly, figuresElsewhere, guestRefused, ownerOnly } from '../problems/access.js';
import type { Problem } from '../problems/problem.js';
import { isAdmin } from './is-admin.js';

/** `null` when the caller may run the command (on this offer, where it names one), else what stands against it. */
export async function refusal(
  core: Core,
  caller: Caller,
  command: Command,
  offer: Offer | null,
): Promise<Problem | null> {
  if (caller.isGuest) return guestRefused();
  if (command.access === 'member') return null;
  if (await isAdmin(core, caller)) return null;
  const admins = await adminNames(core, caller.workspace);
  if (command.access === 'admin') return adminsOnly(command.name, admins);
  if (!offer) return null;
  if (command.access === 'owner') {
    return offer.ownerId === caller.user.id ? null : ownerOnly(offer.name, offer.ownerName, admins);
  }
  const visible = offer.channelId === caller.channel.id || offer.ownerId === caller.user.id;
  return visible ? null : figuresElsewhere(offer.name, offer.channelName, offer.ownerName);
}

async function adminNames(core: Core, workspace: string): Promise<string[]> {
  return (await core.stores.workspaces.admins(workspace)).map((admin) => admin.name);
}
