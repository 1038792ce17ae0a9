import type { ChartRenderer } from '../../src/ports.js';
import type { Arguments } from './arguments.js';
import { createScreen, type Screen } from './screen.js';

/** The screen of this process: its standard output, in colour where a person looks at it. */
export function openScreen(
  { json, files }: Pick<Arguments, 'json' | 'files'>,
  charts: ChartRenderer,
): Screen {
  const { stdin, stdout, stderr, env } = process;
  return createScreen({
    output: stdout,
    errorOutput: stderr,
    json,
    interactive: Boolean(stdin.isTTY && stdout.isTTY),
    colour: Boolean(stdout.isTTY) && !env.NO_COLOR,
    filesFolder: files,
    charts,
  });
}
