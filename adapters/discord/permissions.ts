import { PermissionFlagsBits } from 'discord.js';

/** What the bot asks for when a server adds it, by the names of Discord's own list, and what for. */
export const permissionReasons = {
  'View Channels': [PermissionFlagsBits.ViewChannel, 'find the channels that it posts in'],
  'Send Messages': [PermissionFlagsBits.SendMessages, 'post digests and alerts'],
  'Send Messages in Threads': [PermissionFlagsBits.SendMessagesInThreads, 'put details into a thread'],
  'Create Public Threads': [PermissionFlagsBits.CreatePublicThreads, 'open that thread'],
  'Attach Files': [PermissionFlagsBits.AttachFiles, 'post charts and CSV files'],
  'Read Message History': [
    PermissionFlagsBits.ReadMessageHistory,
    'find a message of its own again whose receipt was lost',
  ],
} as const satisfies Readonly<Record<string, readonly [bits: bigint, reason: string]>>;

/** The page on which an admin adds the bot to a server. */
export function invitation(applicationId: string): string {
  const permissions = Object.values(permissionReasons).reduce((sum, [bits]) => sum | bits, 0n);
  const address = new URL('https://discord.com/oauth2/authorize');
  address.search = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(permissions),
  }).toString();
  return address.href;
}
