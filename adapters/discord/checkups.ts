import type { RESTGetAPIGatewayBotResult, RESTGetCurrentApplicationResult } from 'discord.js';
import type { DiscordConfig } from '../../src/config.js';
import { type Checkup, once } from '../../src/doctor.js';
import { discordTokenRefused } from '../../src/problems/discord.js';
import {
  discordEndpointMissing,
  discordEndpointSet,
  discordOtherApplication,
  discordTokenMissing,
  discordUnreachable,
} from '../../src/problems/discord-setup.js';
import { ProblemError } from '../../src/problems/problem.js';
import { createApi, createRest } from './api.js';
import { deliveryError } from './delivery-error.js';
import { invitation } from './permissions.js';
import { interactionsPath } from './start-discord.js';

export interface DiscordCheckupOptions {
  readonly config: DiscordConfig;
  readonly publicUrl: string | null;
}

/** What `tallyman doctor` asks of Discord. Nothing is posted or registered, and no connection is opened. */
export function discordCheckups({ config, publicUrl }: DiscordCheckupOptions): Checkup[] {
  const { token, mode } = config;
  if (!token) return [{ name: 'Discord token', look: missing }];
  const api = createApi(createRest(config.apiUrl, token));
  const host = new URL(config.apiUrl ?? 'https://discord.com/api').host;
  const application = once(() => asked(host, () => api.application()));
  return [
    { name: 'Discord token', look: async () => `@${(await asked(host, () => api.self())).username}` },
    { name: 'Discord application', look: async () => applicationText(await application(), config) },
    {
      name: 'Discord interactions',
      look: async () => endpointText((await application()).interactions_endpoint_url, mode, publicUrl),
    },
    ...(mode === 'gateway'
      ? [
          {
            name: 'Discord gateway',
            look: async () => gatewayText(await asked(host, () => api.gateway()), config.shards),
          },
        ]
      : []),
  ];
}

async function missing(): Promise<never> {
  throw new ProblemError(discordTokenMissing());
}

async function asked<T>(host: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { reason } = deliveryError(error);
    if (reason === 'token_refused') throw new ProblemError(discordTokenRefused());
    throw new ProblemError(discordUnreachable(host, reason), 'later');
  }
}

function applicationText(
  { id, name, verify_key: key, approximate_guild_count: servers = 0 }: RESTGetCurrentApplicationResult,
  { applicationId, publicKey }: DiscordConfig,
): string {
  if (applicationId !== null && applicationId !== id) {
    throw new ProblemError(discordOtherApplication('DISCORD_APPLICATION_ID'));
  }
  if (publicKey !== null && publicKey.toLowerCase() !== key.toLowerCase()) {
    throw new ProblemError(discordOtherApplication('DISCORD_PUBLIC_KEY'));
  }
  if (servers === 0) return `${name}, on no server yet: add it at ${invitation(id)}`;
  return `${name}, on about ${servers} server${servers === 1 ? '' : 's'}`;
}

function endpointText(
  endpoint: string | null | undefined,
  mode: DiscordConfig['mode'],
  publicUrl: string | null,
): string {
  if (mode === 'gateway') {
    if (endpoint) throw new ProblemError(discordEndpointSet());
    return 'through the gateway';
  }
  const wanted = publicUrl === null ? null : `${publicUrl}${interactionsPath}`;
  const isHere = wanted === null ? endpoint?.endsWith(interactionsPath) : endpoint === wanted;
  if (!endpoint || !isHere) throw new ProblemError(discordEndpointMissing(wanted));
  return `sent to ${endpoint}`;
}

function gatewayText(
  { shards, session_start_limit: starts }: RESTGetAPIGatewayBotResult,
  own: number,
): string {
  const text = `${own} ${own === 1 ? 'connection' : 'connections'}, ${starts.remaining} of ${starts.total} starts left today`;
  return shards > own ? `${text}; Discord recommends DISCORD_SHARDS=${shards}` : text;
}
