import { setTimeout as wait } from 'node:timers/promises';
import { type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../src/ports.js';
import { slackCode } from './delivery-fault.js';
import { type ClientOptions, clientSettings } from './web-client.js';

/** While Slack recycles one connection it is deaf for seconds; the other one hears. At most 10 are allowed. */
const connections = 2;
const shortestWaitMs = 500;
const longestWaitMs = 30_000;

/** Answers that no waiting changes. */
const hopeless = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'not_allowed_token_type',
  'missing_scope',
]);

export interface SocketReceiverOptions {
  readonly appToken: string;
  readonly client: ClientOptions;
  readonly logger: Logger;
  readonly log: Log;
}

type SocketClient = SocketModeReceiver['client'];

/**
 * Socket Mode over several connections, each reconnected by us: the library's own reconnection gives up, with an
 * unhandled rejection, on the first network error.
 */
export function createSocketReceiver({ appToken, client, logger, log }: SocketReceiverOptions): Receiver {
  const stopping = new AbortController();
  const receivers = Array.from({ length: connections }, () => {
    const installerOptions = { clientOptions: clientSettings(client) };
    return new SocketModeReceiver({ appToken, logger, autoReconnectEnabled: false, installerOptions });
  });

  async function keepOpen(socket: SocketClient, told: (error: unknown) => void): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const ended = new Promise<void>((resolve) => socket.once('disconnected', () => resolve()));
      try {
        await socket.start();
        failures = 0;
        told(null);
        await ended;
      } catch (error) {
        failures += 1;
        log.warn(
          { reason: slackCode(error) ?? 'unreachable', failures },
          'Slack Socket Mode did not connect',
        );
        if (hopeless.has(slackCode(error) ?? '')) told(error);
      }
      const pause =
        failures === 0 ? 0 : Math.min(longestWaitMs, shortestWaitMs * 2 ** Math.min(failures, 10));
      await wait(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  return {
    init: (app) => {
      for (const receiver of receivers) receiver.init(app);
    },
    /** Resolves with the first connection, or rejects when Slack refuses the token; the network is waited for. */
    start: () =>
      new Promise<void>((resolve, reject) => {
        const told = (error: unknown) => (error === null ? resolve() : reject(error));
        for (const receiver of receivers) void keepOpen(receiver.client, told);
      }),
    async stop() {
      stopping.abort();
      await Promise.all(receivers.map(({ client: socket }) => socket.disconnect()));
    },
  };
}
