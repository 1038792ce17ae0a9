import { expect, test } from 'vitest';
import { createTurnstile } from '../src/turnstile.js';

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('lets one begin in each turn of the event loop that brought no more, in the order of asking', async () => {
  const turnstile = createTurnstile();
  const begun: string[] = [];
  const asked = ['first', 'second', 'third'].map((name) => turnstile().then(() => begun.push(name)));
  const seen: string[][] = [];

  for (let turn = 0; turn < 5; turn += 1) {
    seen.push([...begun]);
    await turnOfTheLoop();
  }
  await Promise.all(asked);

  expect(seen).toEqual([[], [], ['first'], ['first', 'second'], ['first', 'second', 'third']]);
});

test('lets in whoever asks after it has stood empty', async () => {
  const turnstile = createTurnstile();
  await turnstile();

  await turnstile();
  await Promise.all([turnstile(), turnstile()]);
});

test('lets work begin after a while although more and more arrives', async () => {
  const turnstile = createTurnstile();
  let begun = 0;
  const countOne = () => {
    begun += 1;
  };
  let turns = 0;

  for (; begun === 0 && turns < 1000; turns += 1) {
    for (let more = 0; more < 2; more += 1) void turnstile().then(countOne);
    await turnOfTheLoop();
  }

  expect(turns).toBeGreaterThan(10);
  expect(turns).toBeLessThan(100);
});
