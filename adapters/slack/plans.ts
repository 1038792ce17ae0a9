import type { Caller, Command } from '../../src/command.js';
import { parseLine } from '../../src/command-line.js';
import { fieldsOf } from '../../src/options.js';
import type { Plan } from './act.js';
import type { Asker } from './asker.js';
import type { SlackContext } from './context.js';
import { channelAbout, namesToIds } from './name-ids.js';
import { confirmShared, refuseShared } from './shared-channel.js';

type Values = Readonly<Record<string, string>>;

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
  const options = await namesToIds(context, asker, command, parsed.options, caller);
  const refused = await refusedChannel(context, asker, command, options, caller);
  if (refused) return refused;
  const prepared = await dispatch.prepare({ command: command.name, options, caller }, canShowForm);
  return { prepared, keepPrivate: heldSecret(command, options) };
}

/** What to do about a submitted form; its command's name is a guess that only helps to look names up. */
export async function planSubmitted(
  context: SlackContext,
  asker: Asker,
  form: { readonly id: string; readonly command: string; readonly values: Values },
  caller: Caller,
): Promise<Plan> {
  const command = context.dispatch.commands.find(({ name }) => name === form.command);
  const values = command ? await namesToIds(context, asker, command, form.values, caller) : form.values;
  const refused = command ? await refusedChannel(context, asker, command, values, caller) : null;
  if (refused) return refused;
  return { prepared: await context.dispatch.submit(form.id, values, caller), keepPrivate: true };
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
