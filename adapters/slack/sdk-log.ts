import type { Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../src/ports.js';

const secret = /x(?:ox[a-z.]*|app)-[\w.-]+|(?:https?|wss?):\/\/\S+/gi;

/** The libraries' own log. Their debug lines hold payloads with tokens, so those are dropped, and the rest is scrubbed. */
export function sdkLog(log: Log): Logger {
  const said = (parts: readonly unknown[]) => {
    const [first] = parts;
    return {
      said: String(first instanceof Error ? first.name : first)
        .replace(secret, '[…]')
        .slice(0, 300),
    };
  };
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts: unknown[]) => log.warn(said(parts), 'Slack library warns'),
    error: (...parts: unknown[]) => log.warn(said(parts), 'Slack library failed'),
    setLevel: () => {},
    // Their names for levels are an enum that is only there as a value of the library.
    getLevel: () => 'info' as LogLevel,
    setName: () => {},
  };
}
