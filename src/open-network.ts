import { parseAllowList } from '../adapters/http/allow-list.js';
import { createLog } from '../adapters/log/log.js';
import { createScrubber } from '../adapters/log/scrub.js';
import { type Config, secretsOf } from './config.js';
import type { HttpClient, Log } from './ports.js';

export interface NetworkOptions {
  readonly config: Config;
  readonly log?: Log;
  /** How long one request may take, redirects and body included. */
  readonly deadlineMs?: number;
  /** Where the log's lines go; standard error when left out. */
  readonly logTo?: { write(line: string): unknown };
  /** Told of each token as it is used. */
  readonly onSecret?: (secret: string) => void;
}

type ClosableClient = HttpClient & { close(): Promise<void> };

/** The guarded way out, and a log that is kept clean of what goes there. */
export interface Network {
  readonly http: ClosableClient;
  readonly log: Log;
  readonly allows: (url: URL) => boolean;
  /** Writes a line of another thread's log, clean of what this one knows too. */
  writeLine(line: string): void;
  addSecret(secret: string): void;
}

/** Each thread has one of its own. */
export function openNetwork(options: NetworkOptions): Network {
  const { config, logTo = process.stderr } = options;
  const scrubber = createScrubber();
  for (const secret of secretsOf(config)) scrubber.addSecret(secret);
  const allow = parseAllowList(config.allowPrivateHosts);
  const clientOptions = {
    allow,
    onSecret(secret: string) {
      scrubber.addSecret(secret);
      options.onSecret?.(secret);
    },
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  };
  const http = openedLater(async () => {
    const { createHttpClient } = await import('../adapters/http/guarded-client.js');
    return createHttpClient(clientOptions);
  });
  return {
    http,
    log: options.log ?? createLog({ level: config.logLevel, scrubber, destination: logTo }),
    allows: (url) => allow.allows(url),
    writeLine: (line) => void logTo.write(scrubber.scrub(line)),
    addSecret: scrubber.addSecret,
  };
}

/** The library takes 20 MB in each thread, and of three threads one fetches. */
function openedLater(open: () => Promise<ClosableClient>): ClosableClient {
  let client: Promise<ClosableClient> | null = null;
  return {
    async get(request) {
      client ??= open();
      return (await client).get(request);
    },
    async close() {
      await (await client)?.close();
    },
  };
}
