import type { z } from 'zod';
import type { Command } from './command.js';
import { fieldsOf } from './options.js';
import { badValue, unknownOption } from './problems/command.js';
import type { Problem } from './problems/problem.js';

/** What is wrong with the first option that cannot be read. */
export function badOption(
  command: Command,
  options: Readonly<Record<string, string>>,
  error: z.ZodError,
): Problem {
  const issue = error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const field = fieldsOf(command.options).find((known) => known.name === name);
  if (!field) return unknownOption(command, name, null);
  return badValue(command, field, options[name] ?? '', issue?.message ?? '');
}
