import {
  type APIGuild,
  type APIGuildMember,
  type APIInteraction,
  type APIInteractionGuildMember,
  ApplicationIntegrationType,
  ChannelType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Caller } from '../../src/command.js';
import {
  commandsNeedServer,
  membershipUnknown,
  notInstalledHere,
  notMemberOfServer,
} from '../../src/problems/discord.js';
import type { Problem } from '../../src/problems/problem.js';
import type { DiscordApi } from './api.js';
import { refusalCode } from './delivery-error.js';

export type CallerOrProblem = { readonly caller: Caller } | { readonly problem: Problem };

const unknownMember = 10_007;
const unknownUser = 10_013;
const adminBits = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;
const threads: readonly (number | undefined)[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

export function workspaceOf(guild: string): string {
  return `discord:${guild}`;
}

/** The server of a workspace; `null` for a workspace of another surface. */
export function guildOf(workspace: string): string | null {
  return /^discord:(\d+)$/u.exec(workspace)?.[1] ?? null;
}

/**
 * Who asks, where, in the words of Discord's signed request. `claimed` is the server that a button in a direct message
 * says it belongs to: Discord is asked whether the person is a member there.
 */
export async function callerOf(
  interaction: APIInteraction,
  claimed: string | null,
  api: Pick<DiscordApi, 'guild' | 'member'>,
): Promise<CallerOrProblem> {
  if (interaction.guild_id && interaction.member) {
    return memberCaller(interaction, interaction.guild_id, interaction.member);
  }
  if (!claimed || !interaction.user) return { problem: commandsNeedServer() };
  try {
    const [guild, member] = await Promise.all([api.guild(claimed), api.member(claimed, interaction.user.id)]);
    return { caller: directCaller(interaction, guild, member) };
  } catch (error) {
    const code = refusalCode(error);
    const isElsewhere = code === unknownMember || code === unknownUser || code === 10_004 || code === 50_001;
    return { problem: isElsewhere ? notMemberOfServer() : membershipUnknown() };
  }
}

function memberCaller(
  interaction: APIInteraction,
  guild: string,
  member: APIInteractionGuildMember,
): CallerOrProblem {
  const owners = interaction.authorizing_integration_owners;
  // Installed to a person's account only: the server itself has not let Tallyman in.
  if (owners && owners[ApplicationIntegrationType.GuildInstall] !== guild) {
    return { problem: notInstalledHere() };
  }
  const { user, nick } = member;
  return {
    caller: {
      workspace: workspaceOf(guild),
      user: { id: user.id, name: nick ?? user.global_name ?? user.username },
      channel: channelOf(interaction),
      isGuest: member.pending === true,
      isSurfaceAdmin: (BigInt(member.permissions) & adminBits) !== 0n,
    },
  };
}

/** A thread belongs to its channel: who reads the one reads the other. */
function channelOf({ channel }: APIInteraction): Caller['channel'] {
  const id = channel?.id ?? '';
  const name = channel && 'name' in channel && channel.name ? `#${channel.name}` : '#channel';
  const parent = channel && 'parent_id' in channel ? channel.parent_id : null;
  return parent && threads.includes(channel?.type) ? { id: parent, name } : { id, name };
}

function directCaller(interaction: APIInteraction, guild: APIGuild, member: APIGuildMember): Caller {
  const user = interaction.user ?? member.user;
  const held = guild.roles.filter((role) => role.id === guild.id || member.roles.includes(role.id));
  const isAdmin = held.some((role) => (BigInt(role.permissions) & adminBits) !== 0n);
  return {
    workspace: workspaceOf(guild.id),
    user: { id: user.id, name: member.nick ?? user.global_name ?? user.username },
    channel: { id: interaction.channel?.id ?? '', name: 'this conversation' },
    isGuest: member.pending === true,
    isSurfaceAdmin: guild.owner_id === user.id || isAdmin,
  };
}
