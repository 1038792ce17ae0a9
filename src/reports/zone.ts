import type { Caller } from '../command.js';
import type { Stores } from '../ports.js';

/** The zone whose days the caller means: that of a digest planned for their channel, else the workspace's. */
export async function callerZone(core: { readonly stores: Stores }, caller: Caller): Promise<string> {
  const schedules = await core.stores.digests.schedules(caller.workspace);
  const own = schedules.find((schedule) => schedule.channelId === caller.channel.id);
  if (own) return own.timeZone;
  const workspace = await core.stores.workspaces.get(caller.workspace);
  return workspace?.timeZone ?? 'UTC';
}
