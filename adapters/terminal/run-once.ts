import type { Reply } from '../../src/dispatch.js';
import { buttonsOf } from './render.js';
import type { Screen } from './screen.js';
import { answer, prepareTyped, type WorkingSession } from './typed-line.js';

/**
 * Runs one command and finishes the work it started. Exit code 0; 1 when the answer is an error; 2 when the line
 * itself was not understood.
 */
export async function runOnce(line: string, session: WorkingSession): Promise<number> {
  const reply = await answer(await prepareTyped(line, session, false), session, 1);
  if (!session.screen.options.json) sayHowToPress(reply, session.screen);
  await session.settle();
  await session.screen.flush();
  if (reply.ok) return 0;
  return reply.card.problems?.some((code) => code.startsWith('command.')) ? 2 : 1;
}

/** The numbers on the screen are forgotten when the program ends; the buttons are not. */
function sayHowToPress({ card }: Reply, screen: Screen): void {
  const buttons = buttonsOf(card);
  if (buttons.length === 0) return;
  screen.note('To choose, now or within 30 days:');
  buttons.forEach(({ id }, index) => {
    screen.note(`  [${index + 1}] npx tallyman press ${id}`);
  });
}
