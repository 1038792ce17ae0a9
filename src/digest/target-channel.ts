import { isAdmin } from '../access/is-admin.js';
import type { Caller } from '../command.js';
import type { ChannelRef } from '../options.js';
import type { Core } from '../ports.js';
import { otherChannel } from '../problems/digest.js';
import { ProblemError } from '../problems/problem.js';

/** The caller's channel, or for admins any other. */
export async function targetChannel(
  core: Core,
  caller: Caller,
  asked: ChannelRef | undefined,
): Promise<ChannelRef> {
  if (asked === undefined || asked.id === caller.channel.id) return caller.channel;
  if (!(await isAdmin(core, caller))) throw new ProblemError(otherChannel(asked.name));
  return asked;
}
