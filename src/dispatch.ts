import type { z } from 'zod';
import { isRefusal } from './access/is-refusal.js';
import { knowWorkspace } from './access/know-workspace.js';
import { refusal } from './access/may-use.js';
import { visibleOffers } from './access/visible-offers.js';
import { badOption } from './bad-option.js';
import type { Action, Attachment, Card, DrawnCard } from './card.js';
import type { Answer, Caller, Command } from './command.js';
import { parseLine } from './command-line.js';
import { completions } from './completions.js';
import { drawCard } from './delivery/draw-card.js';
import { type Form, formOf, openAction, storeForm } from './forms.js';
import { helpCard } from './help.js';
import { firstMissing, presentOnly } from './missing-option.js';
import type { Offer } from './offers/offer.js';
import { cardReply, problemReply } from './plain-reply.js';
import type { Core } from './ports.js';
import { formElsewhere, missingOption, unknownCommand } from './problems/command.js';
import { offerNotFound } from './problems/offer.js';
import { buttonExpired, unexpected } from './problems/own.js';
import { type Problem, ProblemError } from './problems/problem.js';
import { problemCard } from './problems/problem-card.js';
import { recordAudit, subjectOf } from './record-audit.js';

export type { Form, FormField } from './forms.js';

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

/**
 * The first, quick answer (no network, a few database reads): either a form to show, or work to run.
 * A surface acknowledges with the privacy it is told, then calls `run` and shows the reply. `run` never throws.
 */
export type Prepared =
  | { readonly kind: 'form'; readonly form: Form }
  | {
      readonly kind: 'run';
      readonly private: boolean;
      /** Set where an option stands against it and nothing will be done: a form may say so beside its field. */
      readonly refused?: RefusedOption;
      run(progress?: (card: Card) => void): Promise<Reply>;
    };

/** An option that is missing, or cannot be used as it is. */
export interface RefusedOption {
  readonly option: string;
  readonly problem: Problem;
}

export interface Choice {
  readonly label: string;
  readonly value: string;
}

/** The only way to run a command; nothing here throws. `canShowForm`: the surface can show a form right now as its first answer. */
export interface Dispatch {
  readonly commands: readonly Command[];
  prepare(invocation: Invocation, canShowForm: boolean): Promise<Prepared>;
  /** A typed line, `/offer add https://… name:"Lucky Star"`. */
  prepareLine(line: string, caller: Caller, canShowForm: boolean): Promise<Prepared>;
  press(buttonId: string, caller: Caller, canShowForm: boolean): Promise<Prepared>;
  /** A value that is there and empty was taken out by the person; one that is not there was not asked for. */
  submit(formId: string, values: Readonly<Record<string, string>>, caller: Caller): Promise<Prepared>;
  /** Completion of an option's value; at most 25 choices. */
  complete(command: string, option: string, typed: string, caller: Caller): Promise<readonly Choice[]>;
}

/** A form that waits for its values, where a button opens one. */
interface Asking {
  readonly formId?: string;
  readonly canShowForm: boolean;
}

/** Wires the commands to the core. */
export function createDispatch(core: Core, commands: readonly Command[]): Dispatch {
  const byName = new Map(commands.map((command) => [command.name, command]));

  async function guarded(name: string, work: () => Promise<Prepared>): Promise<Prepared> {
    try {
      return await work();
    } catch (error) {
      return refuse(explain(core, error, name));
    }
  }

  async function prepare(invocation: Invocation, asking: Asking): Promise<Prepared> {
    const { caller } = invocation;
    const command = byName.get(invocation.command);
    if (!command) return refuse(unknownCommand(invocation.command, commands));
    const options = presentOnly(invocation.options);
    await knowWorkspace(core.stores, caller, core.clock.now());
    const offer = await offerNamed(core, command, caller, options);
    const refused = await refusal(core, caller, command, offer === 'unknown' ? null : offer);
    if (refused) {
      const subject = subjectOf(caller, offer === 'unknown' ? null : offer, options);
      await recordAudit(core, command, caller, subject, 'refused');
      core.metrics?.commandEnded(command.name, 'refused');
      return refuse(refused);
    }
    const missing = firstMissing(command, options);
    if ((missing || asking.formId) && asking.canShowForm) {
      const id = asking.formId ?? (await storeForm(core, caller.workspace, command, options));
      return { kind: 'form', form: formOf(command, id, options) };
    }
    if (missing) return refuse(missingOption(command, missing), missing.name);
    if (asking.formId) return refuse(formElsewhere(command));
    if (offer === 'unknown') {
      const seen = (await visibleOffers(core, caller)).map((known) => known.name);
      return refuse(offerNotFound(options.offer ?? '', seen), 'offer');
    }
    const parsed = command.options.safeParse(options);
    if (!parsed.success) {
      const { option, problem } = badOption(command, options, parsed.error);
      return refuse(problem, option);
    }
    const subject = subjectOf(caller, offer, options);
    return {
      kind: 'run',
      private: command.audience === 'caller',
      run: (progress = () => {}) => run(command, parsed.data, caller, subject, progress),
    };
  }

  async function run(
    command: Command,
    options: z.output<z.ZodObject>,
    caller: Caller,
    subject: string,
    progress: (card: Card) => void,
  ): Promise<Reply> {
    const isPrivate = command.audience === 'caller';
    const answer = await answerOf(command, options, caller, progress);
    const failed = answer.card.tone === 'bad';
    const problems = answer.card.problems ?? [];
    core.log.info({ command: command.name, problems, failed }, 'command answered');
    core.metrics?.commandEnded(command.name, failed ? 'failed' : 'done');
    try {
      const refused = failed && isRefusal(problems);
      if (refused || (command.changes && (failed || !answer.unchanged))) {
        const outcome = refused ? 'refused' : failed ? 'failed' : 'done';
        await recordAudit(core, command, caller, answer.about ?? subject, outcome);
      }
      const { vault, clock, stores } = core;
      const context = { vault, actions: stores.actions, workspace: caller.workspace, now: clock.now() };
      const card = await drawCard(answer.card, context);
      return { ok: !failed, private: isPrivate, card, files: answer.files ?? [] };
    } catch (error) {
      return problemReply(explain(core, error, command.name), isPrivate);
    }
  }

  async function answerOf(
    command: Command,
    options: z.output<z.ZodObject>,
    caller: Caller,
    progress: (card: Card) => void,
  ): Promise<Answer> {
    try {
      const answer = await command.run(options, { core, caller, progress });
      return 'card' in answer ? answer : { card: answer };
    } catch (error) {
      return { card: problemCard(explain(core, error, command.name)) };
    }
  }

  return {
    commands,
    prepare: (invocation, canShowForm) =>
      guarded(invocation.command, () => prepare(invocation, { canShowForm })),
    prepareLine: (line, caller, canShowForm) =>
      guarded('', async () => {
        const parsed = parseLine(line, commands);
        if (parsed.kind === 'problem') return refuse(parsed.problem);
        if (parsed.kind === 'help') return show(helpCard(commands, parsed.topic));
        return prepare({ command: parsed.command.name, options: parsed.options, caller }, { canShowForm });
      }),
    press: (buttonId, caller, canShowForm) =>
      guarded('press', async () => {
        const action = await openAction(core, caller.workspace, buttonId);
        if (!action) return refuse(buttonExpired());
        const { command, options, form } = action;
        return prepare(
          { command, options, caller },
          form ? { formId: buttonId, canShowForm } : { canShowForm },
        );
      }),
    submit: (formId, values, caller) =>
      guarded('submit', async () => {
        const action = await openAction(core, caller.workspace, formId);
        if (!action?.form) return refuse(buttonExpired());
        const { command } = action;
        const options = { ...action.options, ...values };
        const prepared = await prepare({ command, options, caller }, { canShowForm: false });
        if (prepared.kind === 'form' || !prepared.refused) return prepared;
        const again = { label: 'Correct it', style: 'primary', command, options, form: true } as const;
        return refuseForm(core, caller, prepared.refused, again);
      }),
    async complete(command, option, typed, caller) {
      try {
        return await completions(core, byName.get(command), option, typed, caller);
      } catch (error) {
        core.log.error({ command, option, error }, 'completion failed unexpectedly');
        return [];
      }
    },
  };
}

function refuse(problem: Problem, option?: string): Prepared {
  const refused = option === undefined ? {} : { refused: { option, problem } };
  return { kind: 'run', private: true, ...refused, run: async () => problemReply(problem) };
}

/** What was filled in is kept: one press opens the form again as it was handed in. */
function refuseForm(core: Core, caller: Caller, refused: RefusedOption, again: Action): Prepared {
  const { problem } = refused;
  const { vault, clock, stores } = core;
  async function run(): Promise<Reply> {
    try {
      const context = { vault, actions: stores.actions, workspace: caller.workspace, now: clock.now() };
      const card = await drawCard(problemCard(problem, { actions: [again] }), context);
      return { ok: false, private: true, card, files: [] };
    } catch (error) {
      return problemReply(explain(core, error, again.command));
    }
  }
  return { kind: 'run', private: true, refused, run };
}

function show(card: Card): Prepared {
  return { kind: 'run', private: true, run: async () => cardReply(card) };
}

/** A known problem as it is; anything else becomes a number, with the rest in the log. */
function explain(core: Core, error: unknown, command: string): Problem {
  if (error instanceof ProblemError) return error.problem;
  const number = core.vault.randomId().slice(0, 8);
  core.log.error({ number, command, error }, 'command failed unexpectedly');
  return unexpected(number);
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
