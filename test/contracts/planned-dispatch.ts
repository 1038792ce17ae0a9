import type { Card, DrawnCard } from '../../src/card.js';
import type { Caller } from '../../src/command.js';
import { parseLine } from '../../src/command-line.js';
import type { Choice, Dispatch, Form, Prepared, Reply } from '../../src/dispatch.js';
import { fieldsOf } from '../../src/options.js';
import { missingOption } from '../../src/problems/command.js';
import type { Problem } from '../../src/problems/problem.js';
import { commands } from '../terminal/fake-dispatch.js';

export interface Call {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  readonly caller: Caller;
}

export interface PlannedAnswer extends Partial<Omit<Reply, 'private'>> {
  readonly private?: boolean;
  /** The command works until this resolves. */
  readonly held?: Promise<unknown>;
  readonly progress?: readonly Card[];
}

export interface PlannedDispatch extends Dispatch {
  /** What reached the commands, in order; `press <id>` for buttons. */
  readonly calls: Call[];
  /** Answers by command name or `press <id>`; others get a card titled `Answer of <command>`. */
  readonly answers: Map<string, PlannedAnswer>;
  /** Values that forms show, by option name. */
  readonly filledIn: Map<string, string>;
  readonly choices: Choice[];
}

/** Dispatch without a core: parses as the real one does, records what arrives, answers what a test laid out. */
export function plannedDispatch(): PlannedDispatch {
  const calls: Call[] = [];
  const answers: PlannedDispatch['answers'] = new Map();
  const filledIn: PlannedDispatch['filledIn'] = new Map();
  const choices: Choice[] = [];

  function work(call: Call): Prepared {
    const planned = answers.get(call.command) ?? {};
    const isPrivate = planned.private ?? true;
    return {
      kind: 'run',
      private: isPrivate,
      async run(progress) {
        calls.push(call);
        for (const card of planned.progress ?? []) progress?.(card);
        await planned.held;
        const { held: _held, progress: _progress, ...reply } = planned;
        const card: DrawnCard = { title: `Answer of ${call.command}`, tone: 'good', blocks: [] };
        return { ok: true, card, files: [], ...reply, private: isPrivate };
      },
    };
  }

  function refusal(problem: Problem): Prepared {
    const blocks = [{ type: 'steps' as const, title: 'To mend it', code: problem.code, steps: problem.fix }];
    const card: DrawnCard = { title: problem.what, tone: 'bad', blocks };
    return { kind: 'run', private: true, run: async () => ({ ok: false, private: true, card, files: [] }) };
  }

  function formFor(name: string): Form {
    const command = commands.find((candidate) => candidate.name === name);
    const fields = fieldsOf(command?.options ?? commands[0]?.options ?? fail()).map((field) => {
      const value = filledIn.get(field.name);
      return value === undefined ? field : { ...field, value };
    });
    return { id: `form:${name}`, command: name, title: `Form of ${name}`, submitLabel: 'Go on', fields };
  }

  const prepare: Dispatch['prepare'] = async ({ command: name, options, caller }, canShowForm) => {
    const command = commands.find((candidate) => candidate.name === name) ?? fail();
    const fields = fieldsOf(command.options);
    const missing = fields.find((field) => field.required && !options[field.name]);
    if (!missing) return work({ command: name, options, caller });
    return canShowForm ? { kind: 'form', form: formFor(name) } : refusal(missingOption(command, missing));
  };

  return {
    commands,
    calls,
    answers,
    filledIn,
    choices,
    prepare,
    async prepareLine(line, caller, canShowForm) {
      const parsed = parseLine(line, commands);
      if (parsed.kind === 'help') return work({ command: 'help', options: {}, caller });
      if (parsed.kind === 'problem') return refusal(parsed.problem);
      return prepare({ command: parsed.command.name, options: parsed.options, caller }, canShowForm);
    },
    async press(buttonId, caller, canShowForm) {
      const name = /^form:(.*)$/.exec(buttonId)?.[1];
      if (name && canShowForm) return { kind: 'form', form: formFor(name) };
      return work({ command: `press ${buttonId}`, options: {}, caller });
    },
    submit: (formId, values, caller) => {
      const command = formId.replace(/^form:/, '');
      return prepare({ command, options: values, caller }, false);
    },
    complete: async (_command, _option, typed) =>
      choices.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase())),
  };
}

function fail(): never {
  throw new Error('no such command');
}
