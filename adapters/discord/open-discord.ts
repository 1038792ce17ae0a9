import type { ChatSurface } from '../../src/chat-surface.js';
import type { DiscordConfig } from '../../src/config.js';
import type { Dispatch } from '../../src/dispatch.js';
import type { Core } from '../../src/ports.js';
import { type DiscordConnection, startDiscord } from './start-discord.js';

export interface OpenDiscordOptions {
  readonly core: Core;
  readonly dispatch: Dispatch;
  readonly config: DiscordConfig;
}

/** Connects to Discord, through its gateway or ready for its signed requests. */
export function openDiscord({ core, dispatch, config }: OpenDiscordOptions): Promise<ChatSurface> {
  const { charts, clock, log, stores } = core;
  return startDiscord({
    config: connectionOf(config),
    apiUrl: config.apiUrl,
    dispatch,
    surfaceState: stores.surfaceState,
    charts,
    clock,
    log,
  });
}

/** A configuration that was read whole has what its mode needs. */
function connectionOf({ mode, token, publicKey, applicationId, shards }: DiscordConfig): DiscordConnection {
  if (mode === 'gateway') return { mode, token: token ?? '', shards };
  return { mode, token, publicKey: publicKey ?? '', applicationId: applicationId ?? '' };
}
