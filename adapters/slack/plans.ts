import { fileOption, withFile } from '../../src/chosen-file.js';
import type { Caller, Command } from '../../src/command.js';
import { parseLine } from '../../src/command-line.js';
import type { Prepared, RefusedOption } from '../../src/dispatch.js';
import { fieldsOf } from '../../src/options.js';
import { ProblemError } from '../../src/problems/problem.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import type { Plan } from './act.js';
import type { Asker } from './asker.js';
import type { SlackContext } from './context.js';
import { formFile } from './form-file.js';
import { channelAbout, type Named, namesToIds } from './name-ids.js';
import { fileField } from './render-form.js';
import { confirmShared, refuseShared } from './shared-channel.js';

type Values = Readonly<Record<string, string>>;

/** A form as it came back. */
export interface FilledForm {
  readonly id: string;
  readonly command: string;
  readonly values: Values;
  /** A file that was chosen in place of many lines. */
  readonly fileId: string | null;
}

/** What to do about a typed line. */
export async function planTyped(
  context: SlackContext,
  asker: Asker,
  line: string,
  caller: Caller,
  canShowForm: boolean,
): Promise<Plan> {
  const { dispatch } = context;
  const parsed = parseLine(line, dispatch.commands);
  if (parsed.kind !== 'command') return { prepared: await dispatch.prepareLine(line, caller, canShowForm) };
  const { command } = parsed;
  const named = await namesToIds(context, asker, command, parsed.options, caller);
  if ('refused' in named) return { prepared: refusal(named.refused) };
  const { options } = named;
  const refused = await refusedChannel(context, asker, command, options, caller);
  if (refused) return refused;
  const prepared = await dispatch.prepare({ command: command.name, options, caller }, canShowForm);
  return { prepared, keepPrivate: heldSecret(command, options) };
}

/** What to do about a submitted form; its command's name is a guess that only helps to look names up. */
export async function planSubmitted(
  context: SlackContext,
  asker: Asker,
  form: FilledForm,
  caller: Caller,
): Promise<Plan> {
  const command = context.dispatch.commands.find(({ name }) => name === form.command);
  if (!command)
    return { prepared: await context.dispatch.submit(form.id, form.values, caller), keepPrivate: true };
  const named = await namesToIds(context, asker, command, form.values, caller);
  if ('refused' in named) return { prepared: refusal(named.refused) };
  const refused = await refusedChannel(context, asker, command, named.options, caller);
  if (refused) return refused;
  const values = await withChosenFile(context, asker, command, { ...form, values: named.options });
  if ('refused' in values) return { prepared: refusal(values.refused) };
  return { prepared: await context.dispatch.submit(form.id, values.options, caller), keepPrivate: true };
}

async function withChosenFile(
  context: SlackContext,
  { client, userId }: Asker,
  command: Command,
  { values, fileId }: FilledForm,
): Promise<Named> {
  const option = fileOption(command);
  if (fileId === null || option === null) return { options: values };
  try {
    const file = await formFile(context, client, { fileId, userId });
    return { options: await withFile(values, option, file) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { refused: { option: fileField, problem: error.problem } };
  }
}

export async function planPressed(
  context: SlackContext,
  asker: Asker,
  buttonId: string,
  caller: Caller,
  canShowForm: boolean,
): Promise<Plan> {
  const confirmed = await confirmShared(context, asker, buttonId, caller);
  return { prepared: confirmed ?? (await context.dispatch.press(buttonId, caller, canShowForm)) };
}

async function refusedChannel(
  context: SlackContext,
  asker: Asker,
  command: Command,
  options: Values,
  caller: Caller,
): Promise<Plan | null> {
  const channelId = channelAbout(command, options, caller);
  const prepared =
    channelId === null || caller.isGuest ? null : await refuseShared(context, asker, channelId);
  return prepared && { prepared };
}

function heldSecret(command: Command, options: Values): boolean {
  return fieldsOf(command.options).some(({ name, field }) => {
    return (field === 'secret' || field === 'lines') && Boolean(options[name]);
  });
}

function refusal(refused: RefusedOption): Prepared {
  const reply = { ok: false, private: true, card: drawnProblem(refused.problem), files: [] };
  return { kind: 'run', private: true, refused, run: async () => reply };
}
