import type { Writable } from 'node:stream';
import type { Problem } from '../../src/problems/problem.js';
import { safeLine } from './safe-text.js';

/** Says what stopped the program before there was a screen to draw on. */
export function writeProblems(output: Writable, problems: readonly Problem[]): void {
  for (const { what, why, fix } of problems) {
    const lines = [what, `  ${why}`, ...fix.map((step) => `  - ${step}`)];
    output.write(lines.map((line) => `${safeLine(line)}\n`).join(''));
  }
}
