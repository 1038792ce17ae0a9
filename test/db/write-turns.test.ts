import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newTurns, turnsOf } from '../../db/write-turns.js';

function pair() {
  const shared = newTurns();
  return { first: turnsOf(shared, 0), second: turnsOf(shared, 1) };
}

test('a turn is taken at once where nobody writes, and by one at a time', async () => {
  const { first, second } = pair();

  expect(first.take()).toBeNull();
  const waiting = second.take();
  expect(waiting).not.toBeNull();
  first.give();
  await waiting;

  expect(first.take()).not.toBeNull();
});

test('the second lets the first go before it', async () => {
  const { first, second } = pair();
  void second.take();
  const order: string[] = [];

  const firstTurn = first.take()?.then(() => order.push('first'));
  second.give();
  const secondTurn = second.take()?.then(() => order.push('second'));
  await firstTurn;
  await nextTurn();
  first.give();
  await secondTurn;

  expect(order).toEqual(['first', 'second']);
});

test('the turn of a thread that died is taken back', async () => {
  const { first, second } = pair();
  void second.take();
  const waiting = first.take();

  first.forgetOther();
  await waiting;

  first.give();
  expect(first.take()).toBeNull();
});
