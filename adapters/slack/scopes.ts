/** What the bot may do, and what for; `manifest.yml` asks for the same, held by a test. */
export const scopeReasons = {
  'channels:history':
    'see a token posted in a public channel, and find a message again whose receipt was lost',
  'channels:read': 'know public channels by name, and whether other companies read them',
  'chat:write': 'answer and post',
  commands: 'take slash commands',
  'files:read': 'see when a chart is ready to be shown',
  'files:write': 'post charts and CSV files',
  'groups:history': 'the same as channels:history, in private channels that it was invited to',
  'groups:read': 'the same as channels:read, for private channels that it was invited to',
  'im:history': 'find a direct message again whose receipt was lost',
  'im:read': 'tell its direct messages from channels',
  'im:write': 'open a direct message to an offer’s owner',
  'mpim:history': 'see a token posted in a group message that it is part of',
  'mpim:read': 'tell group messages from channels',
  'users:read': 'know names, admins and guests',
} as const;

export const botScopes = Object.keys(scopeReasons) as readonly (keyof typeof scopeReasons)[];
