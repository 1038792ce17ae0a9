import type { Command } from './command.js';
import { addMilliseconds } from './dates.js';
import { actionPlace } from './delivery/draw-card.js';
import { fieldsOf, type OptionField } from './options.js';
import type { Core } from './ports.js';

/** A form made from a command's options. `value` is filled in where it is known and no secret. */
export interface FormField extends OptionField {
  readonly value?: string;
}

export interface Form {
  /** Hand it back with the values to `submit`; holds no state itself. */
  readonly id: string;
  readonly command: string;
  readonly title: string;
  readonly submitLabel: string;
  readonly fields: readonly FormField[];
}

type Options = Readonly<Record<string, string>>;

/** What a button or a form stands for, opened. */
export interface OpenedAction {
  readonly command: string;
  readonly form: boolean;
  readonly options: Options;
}

const formLifeMs = 30 * 86_400_000;

/** The stored action of this workspace, or `null` when it has expired or never was one of its own. */
export async function openAction(core: Core, workspace: string, id: string): Promise<OpenedAction | null> {
  const action = await core.stores.actions.get(workspace, id);
  if (!action || action.expiresAt <= core.clock.now()) return null;
  const options = core.vault.open(action.sealedOptions, actionPlace(workspace, id));
  return { command: action.command, form: action.form, options: JSON.parse(options) as Options };
}

/** Keeps, sealed, what was given so far, so that the form's id is all a surface has to hand back. Answers that id. */
export async function storeForm(
  core: Core,
  workspace: string,
  command: Command,
  options: Options,
): Promise<string> {
  const id = core.vault.randomId();
  const now = core.clock.now();
  await core.stores.actions.add({
    id,
    workspace,
    command: command.name,
    form: true,
    sealedOptions: core.vault.seal(JSON.stringify(options), actionPlace(workspace, id)),
    createdAt: now,
    expiresAt: addMilliseconds(now, formLifeMs),
  });
  return id;
}

/** The fields to ask for. Switches are for buttons and lines; a secret that is already known waits under the form's id. */
export function formOf(command: Command, id: string, options: Options): Form {
  const fields = fieldsOf(command.options).flatMap((field): FormField[] => {
    const value = options[field.name];
    if (field.field === 'flag') return [];
    if (!value) return [field];
    return field.field === 'secret' || field.field === 'lines' ? [] : [{ ...field, value }];
  });
  return { id, command: command.name, title: command.summary, submitLabel: 'Go on', fields };
}
