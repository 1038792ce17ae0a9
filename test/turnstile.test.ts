import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTurnstile } from '../src/turnstile.js';

/** A turnstile, and the names of what it has let in. */
function start() {
  const turnstile = createTurnstile();
  const begun: string[] = [];
  const ask = async (name: string) => {
    await turnstile();
    begun.push(name);
  };
  return { ask, begun };
}

// A turn of the event loop takes a millisecond of this clock.
describe('on a clock that the test moves', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('lets in, in the order of asking, once nothing more has arrived for 10 ms', async () => {
    const { ask, begun } = start();
    void ask('first');
    await vi.advanceTimersByTimeAsync(8);
    void ask('second');
    await vi.advanceTimersByTimeAsync(8);
    const before = [...begun];

    await vi.advanceTimersByTimeAsync(20);

    expect(before).toEqual([]);
    expect(begun).toEqual(['first', 'second']);
  });

  test('waits again when more arrives while others are let in', async () => {
    const { ask, begun } = start();
    void ask('first').then(() => void ask('third'));
    void ask('second');
    await vi.advanceTimersByTimeAsync(20);
    const before = [...begun];

    await vi.advanceTimersByTimeAsync(30);

    expect(before).toEqual(['first']);
    expect(begun).toEqual(['first', 'second', 'third']);
  });

  test('lets work begin all the same once a hundred wait, although more and more arrives', async () => {
    const { ask, begun } = start();
    const arrive = async (from: number, before: number) => {
      for (let index = from; index < before; index += 1) {
        void ask(String(index));
        await vi.advanceTimersByTimeAsync(8);
      }
    };
    await arrive(0, 100);
    const early = begun.length;

    await arrive(100, 200);

    expect(early).toBe(0);
    expect(begun.length).toBeGreaterThan(90);
  });

  test('lets in whoever asks after it has stood empty', async () => {
    const { ask, begun } = start();
    void ask('first');
    await vi.advanceTimersByTimeAsync(1000);

    void ask('second');
    await vi.advanceTimersByTimeAsync(20);

    expect(begun).toEqual(['first', 'second']);
  });
});

test('leaves the event loop some turns to read what arrives between one piece of work and the next', async () => {
  const { ask } = start();
  let turn = 0;
  let isOver = false;
  const count = () => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const turns: number[] = [];

  await Promise.all(['first', 'second', 'third'].map((name) => ask(name).then(() => turns.push(turn))));
  isOver = true;

  const [first = 0, second = 0, third = 0] = turns;
  expect(second - first).toBeGreaterThan(2);
  expect(third - second).toBeGreaterThan(2);
});
