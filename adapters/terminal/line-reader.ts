import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import type { Completions } from './complete-line.js';
import { limits } from './limits.js';
import type { LivePrompt } from './screen.js';

/** `hidden`: what is typed is not shown. `field`: it belongs to a form and never enters the history. */
export interface Question {
  readonly prompt: string;
  readonly hidden?: boolean;
  readonly field?: boolean;
  complete?(typed: string): Promise<Completions>;
}

export type Typed =
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'closed' };

/** A person's keyboard: one question at a time, with editing, history, completion and hidden input. */
export interface LineReader extends LivePrompt {
  ask(question: Question): Promise<Typed>;
  close(): void;
}

export interface LineReaderOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Newest first. */
  readonly history: string[];
  readonly onHistory: (lines: readonly string[]) => void;
  /** Ctrl-C where nothing can be cancelled. */
  readonly onIdleInterrupt: () => void;
}

export function createLineReader(options: LineReaderOptions): LineReader {
  const { input, output } = options;
  const waitingLines: string[] = [];
  let question: Question | null = null;
  let resolve: ((typed: Typed) => void) | null = null;
  let closed = false;

  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!question?.hidden) output.write(chunk);
      done();
    },
  });
  Object.defineProperty(echo, 'columns', {
    get: () => ('columns' in output ? output.columns : undefined),
  });
  const readline = createInterface({
    input,
    output: echo,
    terminal: true,
    history: options.history,
    historySize: limits.historyLines,
    removeHistoryDuplicates: true,
    completer: (typed: string, done: (error: Error | null, found: Completions) => void) => {
      const complete = question?.complete;
      if (!complete) return done(null, [[], typed]);
      // Completion is a convenience: when it fails, nothing is offered.
      complete(typed).then(
        (found) => done(null, found),
        () => done(null, [[], typed]),
      );
    },
  });
  const show = () => {
    if (!question) return;
    if (question.hidden) output.write(question.prompt);
    else readline.prompt(true);
  };
  const settle = (typed: Typed) => {
    const waiting = resolve;
    resolve = null;
    question = null;
    waiting?.(typed);
  };

  readline.on('history', (lines: string[]) => {
    if (question?.field) lines.shift();
    else options.onHistory(lines);
  });
  readline.on('line', (line) => {
    if (!resolve) {
      waitingLines.push(line);
      return;
    }
    if (question?.hidden) output.write('\n');
    settle({ kind: 'line', line });
  });
  readline.on('SIGINT', () => {
    const hadText = readline.line !== '';
    readline.write(null, { ctrl: true, name: 'e' });
    readline.write(null, { ctrl: true, name: 'u' });
    if (question?.field) {
      output.write('\n');
      settle({ kind: 'cancelled' });
    } else if (!hadText) options.onIdleInterrupt();
  });
  readline.on('close', () => {
    closed = true;
    if (question) output.write('\n');
    settle({ kind: 'closed' });
  });

  return {
    ask(next) {
      const line = waitingLines.shift();
      if (line !== undefined) return Promise.resolve({ kind: 'line', line });
      if (closed) return Promise.resolve({ kind: 'closed' });
      return new Promise((done) => {
        question = next;
        resolve = done;
        readline.setPrompt(next.hidden ? '' : next.prompt);
        show();
      });
    },
    hide() {
      if (!question) return;
      const { rows } = readline.getCursorPos();
      const up = question.hidden || rows === 0 ? '' : `\u001b[${rows}A`;
      output.write(`\r${up}\u001b[J`);
      // Readline would go up once more when it redraws; its own count of rows may also be out of date.
      Reflect.set(readline, 'prevRows', 0);
    },
    show,
    close: () => readline.close(),
  };
}
