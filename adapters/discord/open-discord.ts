import type { ChatSurface } from '../../src/chat-surface.js';
import type { DiscordConfig } from '../../src/config.js';
import { addMilliseconds } from '../../src/dates.js';
import type { Dispatch } from '../../src/dispatch.js';
import type { Clock, Core } from '../../src/ports.js';
import { gatewayTaken } from '../../src/problems/discord.js';
import { ProblemError } from '../../src/problems/problem.js';
import { type DiscordConnection, startDiscord } from './start-discord.js';

export interface OpenDiscordOptions {
  readonly core: Core;
  readonly dispatch: Dispatch;
  readonly config: DiscordConfig;
}

/** Connects to Discord, through its gateway or ready for its signed requests. */
export async function openDiscord({ core, dispatch, config }: OpenDiscordOptions): Promise<ChatSurface> {
  const { charts, clock, log, stores, slots } = core;
  // Discord tells every connection of a bot everything: two of them would answer twice.
  const place = config.mode === 'gateway' && slots ? await slots.take('discord-gateway', 1) : undefined;
  if (place === null) throw new ProblemError(gatewayTaken());
  return startDiscord({
    config: connectionOf(config),
    apiUrl: config.apiUrl,
    dispatch,
    surfaceState: stores.surfaceState,
    charts,
    clock,
    log,
    ...(slots ? { isFirst: (id) => isFirst(stores, clock, id) } : {}),
  });
}

/** Long enough to outlive any signed time that is still accepted, either way. */
const rememberedMs = 15 * 60_000;

/** A request that one process has taken may be played to another one again. */
function isFirst({ installations }: Core['stores'], clock: Clock, id: string): Promise<boolean> {
  return installations.markOnce(`discord:interaction:${id}`, addMilliseconds(clock.now(), rememberedMs));
}

/** A configuration that was read whole has what its mode needs. */
function connectionOf({ mode, token, publicKey, applicationId, shards }: DiscordConfig): DiscordConnection {
  if (mode === 'gateway') return { mode, token: token ?? '', shards };
  return { mode, token, publicKey: publicKey ?? '', applicationId: applicationId ?? '' };
}
