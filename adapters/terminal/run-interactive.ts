import type { Readable } from 'node:stream';
import type { Prepared } from '../../src/dispatch.js';
import { askForm } from './ask-form.js';
import { completeLine } from './complete-line.js';
import { loadHistory, saveHistory } from './history-file.js';
import { createLineReader, type LineReader } from './line-reader.js';
import { answer, isIdle, prepareTyped, type Session } from './typed-line.js';

/** A prompt for a person, until `exit`, Ctrl-D, or Ctrl-C twice. */
export async function runInteractive(
  input: Readable,
  session: Session,
  historyFile: string | null,
): Promise<void> {
  const { screen, dispatch } = session;
  let interrupts = 0;
  const reader = createLineReader({
    input,
    output: screen.options.output,
    history: loadHistory(historyFile),
    onHistory: (lines) => saveHistory(historyFile, lines, dispatch.commands),
    onIdleInterrupt: () => {
      interrupts += 1;
      if (interrupts > 1) reader.close();
      else screen.note('Press Ctrl-C again, or type exit, to leave.');
    },
  });
  screen.note('Type /help for the commands, Tab to complete, exit to leave.');
  screen.usePrompt(reader);
  for (let number = 1; ; number += 1) {
    const typed = await reader.ask({
      prompt: 'tallyman> ',
      complete: (line) => completeLine(line, session),
    });
    if (typed.kind === 'closed') break;
    if (typed.kind === 'cancelled' || isIdle(typed.line)) continue;
    interrupts = 0;
    if (/^\s*\/?(exit|quit)\s*$/i.test(typed.line)) break;
    await converse(await prepareTyped(typed.line, session, true), reader, session, number);
  }
  screen.usePrompt(null);
  reader.close();
}

/** Asks every form that comes up, then runs the work and prints its answer. */
async function converse(first: Prepared, reader: LineReader, session: Session, line: number): Promise<void> {
  let prepared = first;
  while (prepared.kind === 'form') {
    const values = await askForm(prepared.form, reader, session);
    if (values === null) return;
    prepared = await session.dispatch.submit(prepared.form.id, values, session.caller);
  }
  await answer(prepared, session, line);
}
