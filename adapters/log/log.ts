import { pino } from 'pino';
import type { LogLevel } from '../../src/config.js';
import type { Log } from '../../src/ports.js';
import { describeError } from './describe-error.js';
import { createScrubber, type Scrubber } from './scrub.js';

export interface LogOptions {
  readonly level: LogLevel;
  /** Standard error by default: standard output belongs to the answers. */
  readonly destination?: { write(line: string): unknown };
  /** Hand in a scrubber to tell it of secrets. */
  readonly scrubber?: Scrubber;
}

/** JSON lines, scrubbed as the very last step, since pino's own redaction never sees message text. */
export function createLog(options: LogOptions): Log {
  const destination = options.destination ?? process.stderr;
  const scrubber = options.scrubber ?? createScrubber();
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => void destination.write(scrubber.scrub(line)) },
  );
  return {
    debug: (fields, message) => logger.debug(withPlainErrors(fields), message),
    info: (fields, message) => logger.info(withPlainErrors(fields), message),
    warn: (fields, message) => logger.warn(withPlainErrors(fields), message),
    error: (fields, message) => logger.error(withPlainErrors(fields), message),
  };
}

function withPlainErrors(fields: object): object {
  if (fields instanceof Error) return { error: describeError(fields) };
  const plain = Object.entries(fields).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Error ? describeError(value) : value,
  ]);
  return Object.fromEntries(plain);
}
