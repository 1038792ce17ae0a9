import { parseAllowList } from '../adapters/http/allow-list.js';
import { createHttpClient } from '../adapters/http/guarded-client.js';
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

/** The guarded way out, and a log that is kept clean of what goes there. */
export interface Network {
  readonly http: HttpClient & { close(): Promise<void> };
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
  const http = createHttpClient({
    allow,
    onSecret(secret) {
      scrubber.addSecret(secret);
      options.onSecret?.(secret);
    },
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  });
  return {
    http,
    log: options.log ?? createLog({ level: config.logLevel, scrubber, destination: logTo }),
    allows: (url) => allow.allows(url),
    writeLine: (line) => void logTo.write(scrubber.scrub(line)),
    addSecret: scrubber.addSecret,
  };
}
