import type { Clock } from '../../src/ports.js';
import { slackCode } from './delivery-fault.js';
import { recent } from './recent.js';
import type { SlackClient } from './web-client.js';

export interface Member {
  readonly name: string;
  /** Guests of the workspace, people of other companies, and whoever Slack does not know here. */
  readonly isGuest: boolean;
  readonly isAdmin: boolean;
}

export interface Place {
  readonly name: string;
  /** Read by another company too, or about to be. */
  readonly isShared: boolean;
}

/** Who and where, as Slack tells. Every question may fail; nobody is let in then. */
export interface Directory {
  member(workspace: string, client: SlackClient, userId: string): Promise<Member>;
  place(workspace: string, client: SlackClient, channelId: string): Promise<Place>;
  /** The id of `#casino` or `@ann`; `null` when there is none. */
  find(workspace: string, client: SlackClient, name: string): Promise<string | null>;
}

const peopleMs = 60_000;
const namesMs = 5 * 60_000;
const mostPages = 20;
const pageSize = 200;

export function createDirectory(clock: Clock): Directory {
  const members = recent<Member>(clock, peopleMs);
  const places = recent<Place>(clock, peopleMs);
  const names = recent<ReadonlyMap<string, string>>(clock, namesMs);
  return {
    member: (workspace, client, userId) => members(`${workspace} ${userId}`, () => askMember(client, userId)),
    place: (workspace, client, channelId) =>
      places(`${workspace} ${channelId}`, () => askPlace(client, channelId)),
    async find(workspace, client, name) {
      const kind = name.startsWith('#') ? 'channels' : 'people';
      const list = await names(`${workspace} ${kind}`, () =>
        kind === 'channels' ? listChannels(client) : listPeople(client),
      );
      return list.get(name.slice(1).toLowerCase()) ?? null;
    },
  };
}

const stranger: Member = { name: 'Somebody', isGuest: true, isAdmin: false };

async function askMember(client: SlackClient, userId: string): Promise<Member> {
  try {
    const { user } = await client.users.info({ user: userId });
    if (!user) return stranger;
    const isOutside = user.is_restricted || user.is_ultra_restricted || isStranger(user) || user.deleted;
    const isAdmin = Boolean(user.is_admin || user.is_owner || user.is_primary_owner);
    const name = user.profile?.display_name || user.real_name || user.name || userId;
    return { name, isGuest: Boolean(isOutside), isAdmin: isAdmin && !isOutside };
  } catch (error) {
    const code = slackCode(error);
    if (code === 'user_not_found' || code === 'user_not_visible') return stranger;
    throw error;
  }
}

function isStranger(user: object): boolean {
  return 'is_stranger' in user && user.is_stranger === true;
}

async function askPlace(client: SlackClient, channelId: string): Promise<Place> {
  const { channel } = await client.conversations.info({ channel: channelId });
  if (channel?.is_im) return { name: 'direct message', isShared: false };
  const isShared = Boolean(channel?.is_ext_shared || channel?.is_pending_ext_shared);
  return { name: `#${channel?.name ?? channelId}`, isShared };
}

async function listChannels(client: SlackClient): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: pageSize,
      ...(cursor ? { cursor } : {}),
    });
    for (const { id, name } of answer.channels ?? []) if (id && name) found.set(name.toLowerCase(), id);
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (!cursor) break;
  }
  return found;
}

/** A name that two people have names neither. */
async function listPeople(client: SlackClient): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const doubled = new Set<string>();
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await client.users.list({ limit: pageSize, ...(cursor ? { cursor } : {}) });
    for (const { id, name, profile, deleted } of answer.members ?? []) {
      if (!id || deleted) continue;
      for (const word of new Set([name, profile?.display_name].map((text) => text?.toLowerCase()))) {
        if (!word) continue;
        if (found.has(word)) doubled.add(word);
        found.set(word, id);
      }
    }
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (!cursor) break;
  }
  for (const word of doubled) found.delete(word);
  return found;
}
