/** What of a manifest the rules look at. */
export interface Manifest {
  readonly features?: {
    readonly app_home?: { readonly home_tab_enabled?: boolean };
    readonly bot_user?: object;
    readonly slash_commands?: readonly { readonly command: string; readonly url?: string }[];
  };
  readonly oauth_config?: {
    readonly redirect_urls?: readonly string[];
    readonly scopes?: { readonly bot?: readonly string[] };
  };
  readonly settings?: {
    readonly event_subscriptions?: {
      readonly request_url?: string;
      readonly bot_events?: readonly string[];
    };
    readonly interactivity?: {
      readonly is_enabled?: boolean;
      readonly request_url?: string;
      readonly message_menu_options_url?: string;
    };
    readonly socket_mode_enabled?: boolean;
  };
}

/** Scopes that an event needs, from its page in Slack's reference. An event that is not here is not known. */
const eventScopes: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_archive: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  team_join: ['users:read'],
  tokens_revoked: [],
  user_change: ['users:read'],
};

const history = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const reading = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];

/** Scopes that a method needs in every kind of conversation that the bot uses it for. */
const methodScopes: Readonly<Record<string, readonly string[]>> = {
  'apps.connections.open': [],
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': history,
  'conversations.info': reading,
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': history,
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'oauth.v2.access': [],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'views.open': [],
  'views.publish': [],
};

const known = new Set([
  'commands',
  ...Object.values(eventScopes).flat(),
  ...Object.values(methodScopes).flat(),
]);

/** What Slack refuses, or never delivers, though its schema lets it pass. `methods`: what the bot calls. */
export function manifestFaults(manifest: Manifest, methods: readonly string[]): string[] {
  const scopes = manifest.oauth_config?.scopes?.bot ?? [];
  const events = manifest.settings?.event_subscriptions?.bot_events ?? [];
  const commands = manifest.features?.slash_commands ?? [];
  const needed = [
    ...commands.map(({ command }) => [command, ['commands']] as const),
    ...events.map((event) => [event, eventScopes[event] ?? []] as const),
    ...methods.map((method) => [method, methodScopes[method] ?? []] as const),
  ];
  const needsBot = scopes.length > 0 || events.length > 0;
  return [
    ...scopes.filter((scope) => !known.has(scope)).map((scope) => `no scope is called ${scope}`),
    ...events.filter((event) => !eventScopes[event]).map((event) => `no event is called ${event}`),
    ...methods
      .filter((method) => !methodScopes[method])
      .map((method) => `the scopes of ${method} are unknown`),
    ...needed.flatMap(([what, wanted]) =>
      wanted.filter((scope) => !scopes.includes(scope)).map((scope) => `${what} needs the scope ${scope}`),
    ),
    ...(needsBot && !manifest.features?.bot_user ? ['scopes and events of a bot need a bot user'] : []),
    ...(events.includes('app_home_opened') && !manifest.features?.app_home?.home_tab_enabled
      ? ['app_home_opened needs the Home tab']
      : []),
    ...addressFaults(manifest),
  ];
}

/** Without Socket Mode Slack has to know where to deliver; an address that is there must be one in either mode. */
function addressFaults({ features, oauth_config: oauth, settings }: Manifest): string[] {
  const { event_subscriptions: events, interactivity } = settings ?? {};
  const addresses: (readonly [what: string, url: string | undefined, isNeeded: boolean])[] = [
    ...(features?.slash_commands ?? []).map(({ command, url }) => [command, url, true] as const),
    ['events', events?.request_url, (events?.bot_events ?? []).length > 0],
    ['interactivity', interactivity?.request_url, interactivity?.is_enabled === true],
    ['choices', interactivity?.message_menu_options_url, false],
    ...(oauth?.redirect_urls ?? []).map((url) => ['a redirect', url, true] as const),
  ];
  return addresses.flatMap(([what, url, isNeeded]) => {
    if (url === undefined)
      return isNeeded && !settings?.socket_mode_enabled ? [`${what} has no address`] : [];
    const isAddress = URL.canParse(url) && new URL(url).protocol === 'https:';
    return isAddress ? [] : [`${what} has ${url}, which is no https address`];
  });
}
