import type { Readable } from 'node:stream';
import { runInteractive } from './run-interactive.js';
import { runPiped } from './run-piped.js';
import type { WorkingSession } from './typed-line.js';

export interface TerminalOptions extends WorkingSession {
  readonly input: Readable;
  /** Commands typed before, without anything secret; `null` keeps none. */
  readonly historyFile: string | null;
}

/**
 * Serves the terminal until its input ends: a prompt for a person, or a command a line for a script.
 * Answers the exit code.
 */
export async function startTerminal(options: TerminalOptions): Promise<number> {
  const { json, interactive } = options.screen.options;
  if (interactive && !json) {
    await runInteractive(options.input, options, options.historyFile);
  } else {
    await runPiped(options.input, options);
  }
  await options.screen.flush();
  return 0;
}
