import { setTimeout as sleep } from 'node:timers/promises';
import type { APIInteraction } from 'discord.js';
import type { SurfaceStateStore } from '../../src/access/surface-state.js';
import type { ChatSurface, Route } from '../../src/chat-surface.js';
import type { Dispatch } from '../../src/dispatch.js';
import type { ChartRenderer, Clock, Log } from '../../src/ports.js';
import { discordTokenMissing } from '../../src/problems/discord.js';
import { createTurnstile } from '../../src/turnstile.js';
import { createAnswerRest, createApi, createRest, type DiscordApi } from './api.js';
import { attachedFiles } from './attached-file.js';
import { deliveryError, reasonOf, refusalCode } from './delivery-error.js';
import { type Gateway, openGateway } from './gateway.js';
import { type FirstAnswer, handleInteraction } from './handle-interaction.js';
import { createHttpHandler } from './http-handler.js';
import { keepTrying, type Trying } from './keep-trying.js';
import { createDrawing } from './message.js';
import { createMessenger } from './messenger.js';
import { registerCommands } from './register-commands.js';
import { createSeen } from './seen.js';

export type DiscordConnection =
  | { readonly mode: 'gateway'; readonly token: string; readonly shards?: number }
  | {
      readonly mode: 'http';
      readonly publicKey: string;
      readonly applicationId: string;
      /** Without it, commands are answered, but nothing can be posted or registered. */
      readonly token: string | null;
    };

export interface DiscordOptions {
  readonly config: DiscordConnection;
  /** Another address than Discord's own, such as `http://127.0.0.1:4000/api`. */
  readonly apiUrl?: string | null;
  readonly dispatch: Dispatch;
  readonly surfaceState: SurfaceStateStore;
  readonly charts: ChartRenderer;
  readonly log: Log;
  readonly clock: Clock;
  /** Asks what all processes know, where several answer: false for an interaction that one of them has taken. */
  readonly isFirst?: (id: string) => Promise<boolean>;
  /** How long preparing an answer may take before Discord shows "thinking", in milliseconds. */
  readonly patienceMs?: number;
  /** The wait after a first failure to connect or to register, in milliseconds; it doubles each time. */
  readonly firstWaitMs?: number;
}

export interface RunningDiscord extends ChatSurface {
  readonly name: 'discord';
  /** Answers signed interaction requests; refuses everything when the gateway is used. */
  readonly handler: (request: Request) => Promise<Response>;
  /** Resolves when every interaction that has arrived is answered. */
  settle(): Promise<void>;
  /** Takes no more, waits for what is being answered (at most 8 s), closes the connection. */
  stop(): Promise<void>;
}

/** What to write after the public address into "Interactions Endpoint URL" on the application's page. */
export const interactionsPath = '/discord/interactions';

const alreadyAnswered = 40_060;
const longestStopMs = 8000;

/** Opens the Discord surface. Throws `discord.token-refused`; trouble that may pass is tried again in the background. */
export async function startDiscord(options: DiscordOptions): Promise<RunningDiscord> {
  const { config, dispatch, clock, log } = options;
  const apiUrl = options.apiUrl ?? null;
  const api = createApi(createRest(apiUrl, config.token), createAnswerRest(apiUrl));
  const drawing = createDrawing(options.charts, log);
  const fileOf = attachedFiles(apiUrl);
  const turn = createTurnstile();
  const parts = {
    api,
    drawing,
    clock,
    log,
    dispatch,
    fileOf,
    turn,
    wait: sleep,
    ...only(options, 'patienceMs'),
  };
  const running = new Set<Promise<void>>();
  const seen = createSeen();
  let registering: Trying | null = null;
  let isOpen = true;

  function take(interaction: APIInteraction, first: FirstAnswer): boolean {
    if (!isOpen || !seen.first(interaction.id, Date.parse(clock.now()))) return false;
    const work = handleInteraction(interaction, first, parts).catch((error: unknown) => {
      log.error({ reason: reasonOf(error) }, 'an interaction was not answered');
    });
    running.add(work);
    void work.finally(() => running.delete(work));
    return true;
  }

  function register(application: string): void {
    if (registering || application === '') return;
    const work = async () => {
      await registerCommands(application, dispatch.commands, { api, state: options.surfaceState, log });
    };
    registering = keepTrying(work, {
      isFinal: (error) => deliveryError(error).outcome === 'permanent',
      onFailure: (error, waitMs) =>
        log.error({ reason: reasonOf(error), waitMs }, 'Discord did not take the commands'),
      ...only(options, 'firstWaitMs'),
    });
    registering.first.catch(() => undefined);
  }

  async function settle(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  let gateway: Gateway | null = null;
  if (config.mode === 'gateway') {
    gateway = await openGateway({
      token: config.token,
      apiUrl: options.apiUrl ?? null,
      shards: config.shards ?? 1,
      log,
      ...only(options, 'firstWaitMs'),
      onInteraction: (interaction) => void take(interaction, answerThrough(api, interaction, log)),
      onReady: register,
    });
  } else if (config.token) register(config.applicationId);
  else sayNoToken(log);
  await firstTry(registering);

  const handler =
    config.mode === 'http'
      ? createHttpHandler({ ...config, clock, take, isFirst: options.isFirst ?? (async () => true) })
      : async () => new Response('Discord is connected through its gateway', { status: 404 });
  const routes: readonly Route[] = [{ method: 'POST', path: interactionsPath, handle: handler }];
  return {
    name: 'discord',
    messenger: createMessenger({ api, drawing, log }),
    handler,
    ...(config.mode === 'http' ? { routes } : {}),
    settle,
    async stop() {
      isOpen = false;
      await Promise.race([settle(), sleep(longestStopMs, undefined, { ref: false })]);
      await gateway?.stop();
      await registering?.stop();
    },
  };
}

/** The start goes on: what can be answered is answered. */
function sayNoToken(log: Log): void {
  const { code, what, why, fix } = discordTokenMissing();
  log.warn({ problem: code, why, fix }, what);
}

async function firstTry(trying: Trying | null): Promise<void> {
  await trying?.first.catch(() => undefined);
}

/** Gives a first answer by a call. One whose answer was lost is asked again: "answered already" then means by us. */
function answerThrough(api: DiscordApi, interaction: APIInteraction, log: Log): FirstAnswer {
  let isDoubtful = false;
  return async function first(response): Promise<boolean> {
    try {
      await api.answer(interaction, response);
      return true;
    } catch (error) {
      if (isDoubtful && refusalCode(error) === alreadyAnswered) return true;
      log.warn({ reason: reasonOf(error) }, 'Discord did not take a first answer');
      if (isDoubtful || refusalCode(error) !== null) return false;
      isDoubtful = true;
      return first(response);
    }
  };
}

function only<K extends 'patienceMs' | 'firstWaitMs'>(
  options: DiscordOptions,
  name: K,
): { [P in K]?: number } {
  const value = options[name];
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: number });
}
