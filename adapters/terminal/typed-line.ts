import { createReadStream } from 'node:fs';
import { withFile } from '../../src/chosen-file.js';
import type { Caller } from '../../src/command.js';
import { parseLine } from '../../src/command-line.js';
import type { Dispatch, Prepared, Reply } from '../../src/dispatch.js';
import { fieldsOf } from '../../src/options.js';
import { missingOption } from '../../src/problems/command.js';
import { type Problem, ProblemError } from '../../src/problems/problem.js';
import { fileNotRead, noChart, noSuchChoice } from '../../src/problems/terminal.js';
import { problemReply } from './problem-reply.js';
import type { Screen } from './screen.js';

/** Who types, into what. */
export interface Session {
  readonly dispatch: Dispatch;
  readonly screen: Screen;
  readonly caller: Caller;
}

export interface WorkingSession extends Session {
  /** Finishes the work that a command started (back-fills, posts). */
  readonly settle: () => Promise<void>;
}

/** Blank lines and comments do nothing. */
export function isIdle(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

/** A number presses a button on the screen, `press <id>` any button; everything else is a command. */
export async function prepareTyped(line: string, session: Session, canShowForm: boolean): Promise<Prepared> {
  const { dispatch, screen, caller } = session;
  const number = /^\s*(\d{1,4})\s*$/.exec(line)?.[1];
  if (number !== undefined) {
    const id = screen.choices.idOf(Number(number));
    return id === null
      ? refuse(noSuchChoice(screen.choices.count()))
      : dispatch.press(id, caller, canShowForm);
  }
  const pressed = /^\s*\/?press\s+(\S{1,100})\s*$/.exec(line)?.[1];
  if (pressed !== undefined) return dispatch.press(pressed, caller, canShowForm);
  if (/^\s*\/?save\s*$/i.test(line)) return savedCharts(screen);
  const withFile = await readFileOption(line, dispatch);
  if (withFile === null) return dispatch.prepareLine(line, caller, canShowForm);
  return 'code' in withFile ? refuse(withFile) : dispatch.prepare({ ...withFile, caller }, canShowForm);
}

/** `/offer import @offers.csv`: the terminal's way to hand over a file where an option takes many lines. */
async function readFileOption(
  line: string,
  dispatch: Dispatch,
): Promise<{ command: string; options: Record<string, string> } | Problem | null> {
  const parsed = parseLine(line, dispatch.commands);
  if (parsed.kind !== 'command') return null;
  const field = fieldsOf(parsed.command.options).find(({ field }) => field === 'lines');
  const value = field && parsed.options[field.name];
  if (!field || !value || !/^@[^\n]+$/.test(value)) return null;
  try {
    const file = { size: 0, fetch: async () => createReadStream(value.slice(1)) };
    const options = await withFile({ ...parsed.options, [field.name]: '' }, field.name, file);
    return { command: parsed.command.name, options };
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    return fileNotRead(error instanceof Error && 'code' in error ? String(error.code) : 'unknown error');
  }
}

/** `save`: the terminal's way to get the last chart as a picture. */
async function savedCharts(screen: Screen): Promise<Prepared> {
  if (!(await screen.saveCharts())) return refuse(noChart());
  const card = { title: 'The chart is saved', tone: 'good', blocks: [] } as const;
  return { kind: 'run', private: true, run: async () => ({ ok: true, private: true, card, files: [] }) };
}

function refuse(problem: Problem): Prepared {
  return { kind: 'run', private: true, run: async () => problemReply(problem) };
}

/** Runs prepared work where no form can be shown, and prints the answer. */
export async function answer(prepared: Prepared, session: Session, line: number): Promise<Reply> {
  const reply =
    prepared.kind === 'run'
      ? await prepared.run((card) => session.screen.progress(card))
      : problemReply(formNotShown(prepared.form.command, session.dispatch));
  await session.screen.reply(reply, line, `@${session.caller.user.name}`);
  return reply;
}

function formNotShown(name: string, { commands }: Dispatch): Problem {
  const command = commands.find((candidate) => candidate.name === name);
  const fields = command ? fieldsOf(command.options) : [];
  const field = fields.find(({ required }) => required) ?? fields[0];
  if (!command || !field) throw new Error(`the form of an unknown command: ${name}`);
  return missingOption(command, field);
}
