import {
  type APIInteraction,
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  Options,
} from 'discord.js';
import type { Log } from '../../src/ports.js';
import { discordGatewayRefused, discordTokenRefused } from '../../src/problems/discord.js';
import { ProblemError } from '../../src/problems/problem.js';
import { restOptions } from './api.js';
import { reasonOf } from './delivery-error.js';
import { keepTrying } from './keep-trying.js';

export interface GatewayOptions {
  readonly token: string;
  readonly apiUrl: string | null;
  /** How many connections; below about 2,000 servers one will do, at 2,500 Discord requires more. */
  readonly shards: number;
  readonly log: Log;
  readonly firstWaitMs?: number;
  onInteraction(interaction: APIInteraction): void;
  /** Called with the application's id whenever the connection stands for the first time. */
  onReady(application: string): void;
}

export interface Gateway {
  stop(): Promise<void>;
}

/**
 * Connects to Discord's gateway and stays connected. Throws `discord.token-refused`; when Discord is only out of reach
 * it goes on trying.
 *
 * The intents stay empty: commands, buttons and forms arrive without any. What people write in channels does not, so
 * a report URL that somebody posts there cannot be seen, and nobody can be warned of it.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  let client: Client | null = null;
  let isStopped = false;

  async function connect(): Promise<void> {
    client = createClient(options);
    const ready = new Promise<void>((resolve) => client?.once(Events.ClientReady, () => resolve()));
    const current = client;
    try {
      await current.login(options.token);
      await ready;
    } catch (error) {
      await current.destroy();
      throw isTokenRefusal(error) ? new ProblemError(discordTokenRefused()) : error;
    }
    if (isStopped) return current.destroy();
    // The library gives up on a session that Discord declares void for good: a new client begins a new one.
    current.once(Events.Invalidated, () => {
      options.log.warn({}, 'the Discord session became invalid');
      void current.destroy().then(() => {
        if (!isStopped) trying = begin();
      });
    });
    options.onReady(current.application?.id ?? '');
  }

  const begin = () =>
    keepTrying(connect, {
      isFinal: (error) => error instanceof ProblemError,
      onFailure: (error, waitMs) =>
        options.log.warn({ reason: reasonOf(error), waitMs }, 'Discord could not be reached'),
      ...(options.firstWaitMs === undefined ? {} : { firstWaitMs: options.firstWaitMs }),
    });
  let trying = begin();
  await trying.first;

  return {
    async stop() {
      isStopped = true;
      await client?.destroy();
      await trying.stop();
    },
  };
}

function createClient({ apiUrl, shards, log, onInteraction }: GatewayOptions): Client {
  const client = new Client({
    intents: [],
    allowedMentions: { parse: [] },
    rest: restOptions(apiUrl),
    shards: Array.from({ length: shards }, (_, index) => index),
    shardCount: shards,
    // Everything needed is in the interaction itself; nothing of people or messages is kept.
    makeCache: Options.cacheWithLimits({ MessageManager: 0, UserManager: 50, GuildMemberManager: 0 }),
  });
  // As it came: a signed request brings the same, and both go one way.
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    onInteraction(interaction);
  });
  keepLibraryOut(client);
  // Without a listener an `error` event ends the process.
  client.on(Events.Error, (error) => log.error({ reason: reasonOf(error) }, 'Discord client error'));
  client.on(Events.ShardError, (error, shard) => {
    log.warn({ shard, reason: reasonOf(error) }, 'Discord connection error');
  });
  client.on(Events.ShardReconnecting, (shard) => log.debug({ shard }, 'Discord connection is made again'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'Discord connection resumed'));
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.error({ shard, problem: discordGatewayRefused(code) }, 'Discord closed the connection for good');
  });
  return client;
}

/**
 * The library would build an object of each interaction too, which nobody uses; one of a shape that it does not know
 * is a rejection that nobody can catch, and would end the process.
 */
function keepLibraryOut(client: Client): void {
  const actions = Reflect.get(client, 'actions') as { InteractionCreate?: { handle?: unknown } } | undefined;
  if (actions?.InteractionCreate) actions.InteractionCreate.handle = () => undefined;
}

function isTokenRefusal(error: unknown): boolean {
  return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
}
