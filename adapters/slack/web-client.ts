import { type Logger, webApi } from '@slack/bolt';

export interface ClientOptions {
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly logger: Logger;
  /** Of one call; a lost answer is then doubtful and the outbox decides. */
  readonly timeoutMs: number;
}

export type SlackClient = webApi.WebClient;

/** A client that makes each call once: by default it would try for half an hour, and post again what it had posted. */
export function webClient(token: string | undefined, options: ClientOptions): SlackClient {
  return new webApi.WebClient(token, clientSettings(options));
}

export function clientSettings({ apiUrl, logger, timeoutMs }: ClientOptions): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    logger,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}
