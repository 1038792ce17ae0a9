import type { z } from 'zod';
import type { Command } from './command.js';
import { fieldsOf } from './options.js';
import { badValue, unknownOption } from './problems/command.js';
import type { Problem } from './problems/problem.js';

/** The first option that cannot be read, and what is wrong with it. */
export function badOption(
  command: Command,
  options: Readonly<Record<string, string>>,
  error: z.ZodError,
): { readonly option: string; readonly problem: Problem } {
  const issue = error.issues[0];
  const option = String(issue?.path[0] ?? '');
  const field = fieldsOf(command.options).find((known) => known.name === option);
  const problem = field
    ? badValue(command, field, options[option] ?? '', issue?.message ?? '')
    : unknownOption(command, option, null);
  return { option, problem };
}
