import type { Writable } from 'node:stream';
import { ConfigError } from '../../src/config.js';
import { type Problem, ProblemError } from '../../src/problems/problem.js';
import { safeLine } from './safe-text.js';

/** Says what stopped the program before there was a screen to draw on. Throws what is no problem of ours again. */
export function writeProblems(output: Writable, error: unknown): void {
  for (const { what, why, fix } of problemsOf(error)) {
    const lines = [what, `  ${why}`, ...fix.map((step) => `  - ${step}`)];
    output.write(lines.map((line) => `${safeLine(line)}\n`).join(''));
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof ProblemError) return [error.problem];
  throw error;
}
