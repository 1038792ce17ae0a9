import type { Caller } from '../../src/command.js';
import type { Clock } from '../../src/ports.js';
import type { SlackContext } from './context.js';
import { limits } from './limits.js';
import type { SlackClient } from './web-client.js';

/** Where a signed request came from, and how it may be answered. */
export interface Asker {
  readonly workspace: string;
  readonly client: SlackClient;
  readonly userId: string;
  /** The team of the person where Slack names it: another one than the workspace's is a foreigner. */
  readonly isForeign: boolean;
  readonly channelId: string | null;
  readonly channelName: string | null;
  readonly threadTs: string | null;
  /** Opens one form, for three seconds. */
  readonly triggerId: string | null;
  readonly responder: Responder | null;
}

/** Slack's address for answers to one request: five uses in half an hour. */
export interface Responder {
  readonly url: string;
  readonly until: number;
  usesLeft: number;
}

/** `null` for an address that is not Slack's: nothing is ever sent elsewhere. */
export function createResponder(
  url: unknown,
  { responseHosts, clock }: { readonly responseHosts: readonly string[]; readonly clock: Clock },
): Responder | null {
  if (typeof url !== 'string' || !URL.canParse(url)) return null;
  if (!responseHosts.includes(new URL(url).host)) return null;
  return { url, until: Date.parse(clock.now()) + limits.responseLifeMs, usesLeft: limits.responses };
}

/** Who asks, as Slack itself tells. Throws the client's errors: whoever is unknown is not let in. */
export async function callerOf(context: SlackContext, asker: Asker): Promise<Caller> {
  const { workspace, client, userId, channelId } = asker;
  const [member, channelName] = await Promise.all([
    context.directory.member(workspace, client, userId),
    nameOfChannel(context, asker),
  ]);
  return {
    workspace,
    user: { id: userId, name: member.name },
    channel: { id: channelId ?? userId, name: channelName },
    isGuest: member.isGuest || asker.isForeign,
    isSurfaceAdmin: member.isAdmin && !asker.isForeign,
  };
}

/** Slash commands call every private channel `privategroup`; a channel that the bot is not in has no other name. */
async function nameOfChannel(context: SlackContext, asker: Asker): Promise<string> {
  const { channelId, channelName, workspace, client } = asker;
  if (channelId === null || channelName === 'directmessage') return 'direct message';
  if (channelName && channelName !== 'privategroup') return `#${channelName}`;
  try {
    return (await context.directory.place(workspace, client, channelId)).name;
  } catch {
    return channelName === 'privategroup' ? 'this private channel' : 'this channel';
  }
}
