import { expect, test } from 'vitest';
import { referon } from '../../src/platforms/referon/referon.js';
import { createPageReader, type PageOrder } from '../../src/sync/page-reader.js';

const day = '2026-11-19';
const order: PageOrder = {
  platform: 'referon',
  access: {
    url: 'https://lucky.example/statistic-service/report-preset/export?id=7&token=test-token-1&download=true',
  },
  ...{ window: { from: day, to: day }, page: 1, currency: 'EUR', now: `${day}T08:00:00.000Z`, known: null },
};

/** A reader of answers that hold this text, and how often the memory of one was given back. */
function readerOf(text: string) {
  let times = 0;
  const read = createPageReader(
    {
      async get() {
        const body = Buffer.from(text);
        const letGo = () => {
          times += 1;
          body.fill(0);
        };
        return { status: 200, headers: {}, body, loginRedirect: false, letGo };
      },
    },
    [referon],
  );
  return { read, times: () => times };
}

test('lets go of the memory of an answer once it is read, known, or refused, and not before', async () => {
  const good = readerOf(`Date,Brand Name,NGR\n${day},Lucky,1.50\n`);
  const broken = readerOf('just a sentence');

  const first = await good.read(order);
  const again = await good.read({ ...order, known: first.digest });
  await expect(broken.read(order)).rejects.toThrow();

  expect(first.page?.rows.dimensions.map(({ brand }) => brand)).toEqual(['Lucky']);
  expect(again).toEqual({ digest: first.digest, page: null });
  expect([good.times(), broken.times()]).toEqual([2, 1]);
});
