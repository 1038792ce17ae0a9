import type { z } from 'zod';
import { refusal } from './access/may-use.js';
import type { Attachment, Card, DrawnCard } from './card.js';
import type { Answer, Caller, Command } from './command.js';
import { parseLine } from './command-line.js';
import { completions } from './completions.js';
import { addMilliseconds } from './dates.js';
import { actionPlace, drawCard } from './delivery/draw-card.js';
import { helpCard } from './help.js';
import type { Offer } from './offers/offer.js';
import { fieldsOf, type OptionField } from './options.js';
import type { Core } from './ports.js';
import { badValue, missingOption, unknownCommand, unknownOption } from './problems/command.js';
import { offerNotFound } from './problems/offer.js';
import { buttonExpired, unexpected } from './problems/own.js';
import { type Problem, ProblemError } from './problems/problem.js';
import { problemCard } from './problems/problem-card.js';

/** A command as a surface understood it: options are raw text by name. */
export interface Invocation {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  readonly caller: Caller;
}

/** A finished answer. `private`: only the caller may see it. */
export interface Reply {
  readonly ok: boolean;
  readonly private: boolean;
  readonly card: DrawnCard;
  readonly files: readonly Attachment[];
}

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

/**
 * The first, quick answer (no network, a few database reads): either a form to show, or work to run.
 * A surface acknowledges with the privacy it is told, then calls `run` and shows the reply. `run` never throws.
 */
export type Prepared =
  | { readonly kind: 'form'; readonly form: Form }
  | {
      readonly kind: 'run';
      readonly private: boolean;
      run(progress?: (card: Card) => void): Promise<Reply>;
    };

export interface Choice {
  readonly label: string;
  readonly value: string;
}

/** The only way to run a command. `canShowForm`: the surface can show a form right now as its first answer. */
export interface Dispatch {
  readonly commands: readonly Command[];
  prepare(invocation: Invocation, canShowForm: boolean): Promise<Prepared>;
  /** A typed line, `/offer add https://… name:"Lucky Star"`. */
  prepareLine(line: string, caller: Caller, canShowForm: boolean): Promise<Prepared>;
  press(buttonId: string, caller: Caller, canShowForm: boolean): Promise<Prepared>;
  submit(formId: string, values: Readonly<Record<string, string>>, caller: Caller): Promise<Prepared>;
  /** Completion of an option's value; at most 25 choices. */
  complete(command: string, option: string, typed: string, caller: Caller): Promise<readonly Choice[]>;
}

const formLifeMs = 30 * 86_400_000;

/** Wires the commands to the core. */
export function createDispatch(core: Core, commands: readonly Command[]): Dispatch {
  const byName = new Map(commands.map((command) => [command.name, command]));

  async function prepare(invocation: Invocation, canShowForm: boolean): Promise<Prepared> {
    const command = byName.get(invocation.command);
    if (!command) return refuse(invocation.caller, unknownCommand(invocation.command, commands));
    try {
      return await prepareCommand(command, invocation, canShowForm);
    } catch (error) {
      return refuse(invocation.caller, explain(core, error, command));
    }
  }

  async function prepareCommand(
    command: Command,
    invocation: Invocation,
    canShowForm: boolean,
  ): Promise<Prepared> {
    const { caller, options } = invocation;
    await knowWorkspace(core, caller);
    const offer = await offerNamed(core, command, caller, options);
    const refused = await refusal(core, caller, command, offer === 'unknown' ? null : offer);
    if (refused) {
      await audit(core, command, invocation, 'refused');
      core.metrics?.commandEnded(command.name, 'refused');
      return refuse(caller, refused);
    }
    const missing = fieldsOf(command.options).find((field) => field.required && !options[field.name]);
    if (missing && canShowForm) {
      return { kind: 'form', form: await storeForm(core, command, options, caller) };
    }
    if (missing) return refuse(caller, missingOption(command, missing), command);
    if (offer === 'unknown') {
      const names = (await core.stores.offers.list(caller.workspace)).map((known) => known.name);
      return refuse(caller, offerNotFound(options.offer ?? '', names));
    }
    const parsed = command.options.safeParse(presentOnly(options));
    if (!parsed.success) return refuse(caller, badOption(command, options, parsed.error), command);
    return {
      kind: 'run',
      private: command.audience === 'caller',
      run: (progress) => run(command, parsed.data, invocation, progress ?? (() => {})),
    };
  }

  async function run(
    command: Command,
    options: z.output<z.ZodObject>,
    invocation: Invocation,
    progress: (card: Card) => void,
  ): Promise<Reply> {
    const isPrivate = command.audience === 'caller';
    let answer: Answer;
    let outcome: 'done' | 'failed' = 'done';
    try {
      const result = await command.run(options, { core, caller: invocation.caller, progress });
      answer = 'card' in result ? result : { card: result };
    } catch (error) {
      outcome = 'failed';
      answer = { card: problemCard(explain(core, error, command)) };
    }
    try {
      if (answer.card.tone === 'bad') outcome = 'failed';
      core.metrics?.commandEnded(command.name, outcome);
      await audit(core, command, invocation, outcome);
      return await reply(invocation.caller, answer, isPrivate);
    } catch (error) {
      return undrawn(problemCard(explain(core, error, command)), isPrivate);
    }
  }

  async function reply(caller: Caller, answer: Answer, isPrivate: boolean): Promise<Reply> {
    const card = await drawCard(answer.card, {
      vault: core.vault,
      actions: core.stores.actions,
      workspace: caller.workspace,
      now: core.clock.now(),
    });
    return { ok: answer.card.tone !== 'bad', private: isPrivate, card, files: answer.files ?? [] };
  }

  function refuse(caller: Caller, problem: Problem, command?: Command): Prepared {
    const card = problemCard(problem, { examples: command?.examples ?? [] });
    return {
      kind: 'run',
      private: true,
      run: () => reply(caller, { card }, true).catch(() => undrawn(card, true)),
    };
  }

  async function prepareLine(line: string, caller: Caller, canShowForm: boolean): Promise<Prepared> {
    const parsed = parseLine(line, commands);
    if (parsed.kind === 'problem') return refuse(caller, parsed.problem);
    if (parsed.kind === 'help') {
      const card = helpCard(commands, parsed.topic);
      return { kind: 'run', private: true, run: () => reply(caller, { card }, true) };
    }
    return prepare({ command: parsed.command.name, options: parsed.options, caller }, canShowForm);
  }

  async function stored(
    id: string,
    caller: Caller,
  ): Promise<{ command: string; form: boolean; options: Record<string, string> } | null> {
    const action = await core.stores.actions.get(caller.workspace, id);
    if (!action || action.expiresAt <= core.clock.now()) return null;
    return {
      command: action.command,
      form: action.form,
      options: JSON.parse(core.vault.open(action.sealedOptions, actionPlace(caller.workspace, id))) as Record<
        string,
        string
      >,
    };
  }

  async function press(buttonId: string, caller: Caller, canShowForm: boolean): Promise<Prepared> {
    const action = await stored(buttonId, caller);
    if (!action) return refuse(caller, buttonExpired());
    const command = byName.get(action.command);
    if (!action.form || !canShowForm || !command) {
      return prepare({ command: action.command, options: action.options, caller }, canShowForm);
    }
    const offer = await offerNamed(core, command, caller, action.options);
    const refused = await refusal(core, caller, command, offer === 'unknown' ? null : offer);
    if (refused) return refuse(caller, refused);
    return { kind: 'form', form: formOf(command, buttonId, action.options) };
  }

  return {
    commands,
    prepare,
    prepareLine,
    press,
    async submit(formId, values, caller) {
      const action = await stored(formId, caller);
      if (!action) return refuse(caller, buttonExpired());
      return prepare(
        { command: action.command, options: { ...action.options, ...presentOnly(values) }, caller },
        false,
      );
    },
    complete: (command, option, typed, caller) =>
      completions(core, byName.get(command), option, typed, caller),
  };
}

/** Only this process's own words may be shown undrawn: a problem card without actions. */
function undrawn(card: Card, isPrivate: boolean): Reply {
  const blocks = card.blocks.flatMap((block) => (block.type === 'actions' ? [] : [block]));
  return { ok: false, private: isPrivate, card: { title: card.title, tone: card.tone, blocks }, files: [] };
}

function explain(core: Core, error: unknown, command: Command): Problem {
  if (error instanceof ProblemError) return error.problem;
  const number = core.vault.randomId().slice(0, 8);
  core.log.error({ number, command: command.name, error }, 'command failed unexpectedly');
  return unexpected(number);
}

/** A workspace is known from its first command on; who types that is its first admin. */
async function knowWorkspace(core: Core, caller: Caller): Promise<void> {
  if (caller.isGuest || (await core.stores.workspaces.get(caller.workspace))) return;
  const [surface = 'terminal'] = caller.workspace.split(':');
  await core.stores.workspaces.ensure(
    caller.workspace,
    surface === 'slack' || surface === 'discord' ? surface : 'terminal',
    caller.workspace,
    caller.user,
    core.clock.now(),
  );
}

async function offerNamed(
  core: Core,
  command: Command,
  caller: Caller,
  options: Readonly<Record<string, string>>,
): Promise<Offer | 'unknown' | null> {
  const named = 'offer' in command.options.shape ? options.offer : undefined;
  if (!named) return null;
  return (await core.stores.offers.find(caller.workspace, named)) ?? 'unknown';
}

function presentOnly(options: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ''));
}

function badOption(command: Command, options: Readonly<Record<string, string>>, error: z.ZodError): Problem {
  const issue = error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const field = fieldsOf(command.options).find((known) => known.name === name);
  if (!field) return unknownOption(command, name, null);
  return badValue(command, field, options[name] ?? '', issue?.message ?? '');
}

async function storeForm(
  core: Core,
  command: Command,
  options: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<Form> {
  const id = core.vault.randomId();
  const now = core.clock.now();
  await core.stores.actions.add({
    id,
    workspace: caller.workspace,
    command: command.name,
    form: true,
    sealedOptions: core.vault.seal(JSON.stringify(options), actionPlace(caller.workspace, id)),
    createdAt: now,
    expiresAt: addMilliseconds(now, formLifeMs),
  });
  return formOf(command, id, options);
}

function formOf(command: Command, id: string, options: Readonly<Record<string, string>>): Form {
  const fields = fieldsOf(command.options).map((field): FormField => {
    const value = options[field.name];
    return value && field.field !== 'secret' && field.field !== 'lines' ? { ...field, value } : field;
  });
  // What is already known and secret is not asked for again: it waits, sealed, under the form's id.
  const asked = fields.filter((field) => !(field.value === undefined && options[field.name]));
  return { id, command: command.name, title: command.summary, submitLabel: 'Go on', fields: asked };
}

async function audit(
  core: Core,
  command: Command,
  invocation: Invocation,
  outcome: 'done' | 'refused' | 'failed',
): Promise<void> {
  if (!command.changes && outcome !== 'refused') return;
  const subject = invocation.options.offer ?? invocation.options.incident ?? '';
  await core.stores.audit.add({
    workspace: invocation.caller.workspace,
    at: core.clock.now(),
    userId: invocation.caller.user.id,
    userName: invocation.caller.user.name,
    action: command.name,
    subject: subject.slice(0, 80),
    outcome,
  });
}
