import { expect, test } from 'vitest';
import { createTurnstile } from '../src/turnstile.js';

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('lets one begin in each turn of the event loop, in the order of asking', async () => {
  const turnstile = createTurnstile();
  const begun: string[] = [];
  const asked = ['first', 'second', 'third'].map((name) => turnstile().then(() => begun.push(name)));
  const seen: string[][] = [];

  for (let turn = 0; turn < 4; turn += 1) {
    seen.push([...begun]);
    await turnOfTheLoop();
  }
  await Promise.all(asked);

  expect(seen).toEqual([[], ['first'], ['first', 'second'], ['first', 'second', 'third']]);
});

test('lets in whoever asks after it has stood empty', async () => {
  const turnstile = createTurnstile();
  await turnstile();

  await turnstile();
  await Promise.all([turnstile(), turnstile()]);
});
