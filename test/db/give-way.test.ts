import { expect, test } from 'vitest';
import { newTurns, turnsOf } from '../../db/write-turns.js';
import { openTestFile } from '../support/sqlite.js';

/** Far more than a turn of the event loop has time for. */
const many = 10_000;

test('whoever asks the database again and again lets the event loop turn', async () => {
  const { stores } = await openTestFile(undefined, { turns: turnsOf(newTurns(), 0) });
  let asked = 0;
  let askedBeforeTurn: number | null = null;
  setImmediate(() => {
    askedBeforeTurn = asked;
  });

  for (; asked < many && askedBeforeTurn === null; asked += 1) await stores.workspaces.get('slack:T0CASINO');

  expect(asked).toBeLessThan(many);
});

test('many who ask at once let the event loop turn between them, and are answered in order', async () => {
  const { stores } = await openTestFile(undefined, { turns: turnsOf(newTurns(), 0) });
  const answered: number[] = [];
  let answeredBeforeTurn: number | null = null;
  setImmediate(() => {
    answeredBeforeTurn = answered.length;
  });

  await Promise.all(
    Array.from({ length: many / 10 }, async (_, index) => {
      await stores.workspaces.get('slack:T0CASINO');
      answered.push(index);
    }),
  );

  expect(answeredBeforeTurn).toBeLessThan(many / 10);
  expect(answered).toEqual([...answered.keys()]);
});
