import { expect, test } from 'vitest';
import { liveThroughHistories } from './live-through.js';

const histories = Number(process.env.ORDEAL_HISTORIES ?? 500);

test('stores what the programme holds on ReferOn, to the last unit, over random histories', {
  timeout: 180_000,
}, async () => {
  const seen = await liveThroughHistories('referon', histories);
  console.log(`ReferOn: ${seen.histories} random histories equal to the books, log included`, seen);
  expect(seen.histories).toBeGreaterThanOrEqual(histories);
  expect(seen.undecided).toBeLessThan(histories / 50);
});
