import { answer, prepareTyped, type Session } from './typed-line.js';

/**
 * Runs one command and finishes the work it started. Exit code 0; 1 when the answer is an error; 2 when the line
 * itself was not understood.
 */
export async function runOnce(
  line: string,
  session: Session & { readonly settle: () => Promise<void> },
): Promise<number> {
  const reply = await answer(await prepareTyped(line, session, false), session, 1);
  await session.settle();
  await session.screen.flush();
  if (reply.ok) return 0;
  return reply.card.problems?.some((code) => code.startsWith('command.')) ? 2 : 1;
}
