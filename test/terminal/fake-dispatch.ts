import { z } from 'zod';
import type { Card, DrawnCard } from '../../src/card.js';
import { type Caller, type Command, defineCommand } from '../../src/command.js';
import { parseLine } from '../../src/command-line.js';
import type { Dispatch, Prepared, Reply } from '../../src/dispatch.js';
import { fieldsOf, option } from '../../src/options.js';
import { missingOption } from '../../src/problems/command.js';
import type { Problem } from '../../src/problems/problem.js';

export const ann: Caller = {
  workspace: 'terminal',
  user: { id: 'ann', name: 'Ann' },
  channel: { id: '#casino', name: '#casino' },
  isGuest: false,
  isSurfaceAdmin: true,
};

function declare(
  name: string,
  options: z.ZodObject,
  example: string,
  audience: Command['audience'] = 'caller',
): Command {
  return defineCommand({
    name,
    summary: `Does ${name}`,
    audience,
    access: 'member',
    options,
    examples: [example],
    run: async () => ({ title: name, tone: 'plain', blocks: [] }),
  });
}

const url = () => option.secret('The report URL from the platform');

export const commands: readonly Command[] = [
  declare(
    'offer add',
    z.object({
      url: url(),
      name: option.text('A name for it').optional(),
      channel: option.channel('Where to post').optional(),
      from: option.day('First day').optional(),
    }),
    'offer add https://site.test/report name:"Lucky Star"',
  ),
  declare('offer check', z.object({ url: url() }), 'offer check https://site.test/report'),
  declare('offer list', z.object({}), 'offer list'),
  declare('offer show', z.object({ offer: option.offer() }), 'offer show "Lucky Star"'),
  declare(
    'offer renew',
    z.object({ offer: option.offer(), url: url() }),
    'offer renew 3 https://site.test/r',
  ),
  declare('offer import', z.object({ lines: option.lines('The URLs') }), 'offer import @offers.csv'),
  declare(
    'digest schedule',
    z.object({ at: option.time('When'), tz: option.timezone('Zone').optional() }),
    'digest schedule at:09:00 tz:Europe/Malta',
  ),
  declare('digest list', z.object({}), 'digest list', 'channel'),
  declare(
    'report',
    z.object({
      range: option.text('Which days', '7d').optional(),
      by: option.choice('How to group', ['day', 'offer', 'brand']).optional(),
      share: option.flag('Show it to all').optional(),
    }),
    'report range:7d by:offer',
  ),
  declare(
    'alert snooze',
    z.object({ incident: option.incident(), for: option.duration('How long') }),
    'alert snooze 3 for:4h',
  ),
];

export interface FakeDispatch extends Dispatch {
  /** What reached the commands, in order. */
  readonly calls: string[];
  /** Answers by command name or button id; others get a plain card. */
  readonly answers: Map<string, Partial<Reply> & { readonly progress?: readonly Card[] }>;
  /** Values that forms show, by option name. */
  readonly filledIn: Map<string, string>;
  /** Resolves the command of this name only when told. */
  readonly held: Map<string, Promise<void>>;
}

/** The commands without their work: parses as the real one does, and answers what a test laid out. */
export function fakeDispatch(): FakeDispatch {
  const calls: string[] = [];
  const answers: FakeDispatch['answers'] = new Map();
  const held: FakeDispatch['held'] = new Map();
  const filledIn: FakeDispatch['filledIn'] = new Map();

  const work = (name: string, call: string): Prepared => ({
    kind: 'run',
    private: true,
    async run(progress) {
      calls.push(call);
      const planned = answers.get(name) ?? {};
      for (const card of planned.progress ?? []) progress?.(card);
      await held.get(name);
      calls.push(`${call} done`);
      const card: DrawnCard = { title: `Answer of ${name}`, tone: 'good', blocks: [] };
      return { ok: true, private: true, card, files: [], ...planned };
    },
  });
  const refusal = (problem: Problem): Prepared => {
    const card: DrawnCard = { title: problem.what, tone: 'bad', blocks: [], problems: [problem.code] };
    return { kind: 'run', private: true, run: async () => ({ ok: false, private: true, card, files: [] }) };
  };
  const prepare: Dispatch['prepare'] = async ({ command: name, options }, canShowForm) => {
    const command = commands.find((candidate) => candidate.name === name);
    if (!command) throw new Error(name);
    const fields = fieldsOf(command.options);
    const missing = fields.find((field) => field.required && !(field.name in options));
    if (!missing) return work(name, `${name} ${JSON.stringify(options)}`);
    return canShowForm ? formFor(name) : refusal(missingOption(command, missing));
  };
  const formFor = (name: string): Prepared => {
    const command = commands.find((candidate) => candidate.name === name);
    if (!command) throw new Error(name);
    const fields = fieldsOf(command.options);
    const shown = fields.map((field) => ({ ...field, value: filledIn.get(field.name) ?? '' }));
    const form = {
      id: `form:${name}`,
      command: name,
      title: `Form of ${name}`,
      submitLabel: 'Go',
      fields: shown,
    };
    return { kind: 'form', form };
  };

  return {
    commands,
    calls,
    answers,
    held,
    filledIn,
    prepare,
    async prepareLine(line, caller, canShowForm) {
      const parsed = parseLine(line, commands);
      if (parsed.kind === 'help') return work('help', `help ${parsed.topic}`);
      if (parsed.kind === 'problem') return refusal(parsed.problem);
      return prepare({ command: parsed.command.name, options: parsed.options, caller }, canShowForm);
    },
    async press(buttonId) {
      const form = /^form:(.*)$/.exec(buttonId)?.[1];
      if (form) return formFor(form);
      return work(buttonId, `press ${buttonId}`);
    },
    submit: async (formId, values) => {
      const name = formId.slice('form:'.length);
      return work(name, `submit ${name} ${JSON.stringify(values)}`);
    },
    complete: async (_command, name, typed) => {
      const offers = ['Lucky Star', 'Lucky "7"', 'Bella'];
      if (name !== 'offer') return [];
      return offers
        .filter((offer) => offer.toLowerCase().startsWith(typed.toLowerCase()))
        .map((value) => ({ label: value, value }));
    },
  };
}
