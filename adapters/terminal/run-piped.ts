import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { answer, isIdle, prepareTyped, type WorkingSession } from './typed-line.js';

/** Reads a command a line; the work that one started ends before the next begins, so that it sees what came of it. */
export async function runPiped(input: Readable, session: WorkingSession): Promise<void> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (isIdle(line)) continue;
    if (/^\s*\/?(exit|quit)\s*$/i.test(line) || !session.screen.isOpen()) break;
    await answer(await prepareTyped(line, session, false), session, number);
    await session.settle();
  }
  lines.close();
  await session.settle();
}
