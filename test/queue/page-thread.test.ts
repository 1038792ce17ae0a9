import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { startPageThread } from '../../adapters/queue/page-thread.js';
import type { PageOrder } from '../../src/sync/page-reader.js';

/** Answers that it knows the page, and dies of page 13. */
const superstitious = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ id, task }) => {
    if (task.do === 'read' && task.order.page === 13) process.exit(3);
    const value = task.do === 'read' ? { digest: 'there', page: null } : null;
    parentPort.postMessage({ kind: 'answer', id, value });
    if (task.do === 'close') parentPort.close();
  });`;

const order = (page: number): PageOrder => ({
  ...{ platform: 'affilka', access: { url: 'https://casino.example/' }, page, currency: null },
  ...{ window: { from: '2026-11-01', to: '2026-11-02' }, now: '2026-11-03T00:00:00.000Z', known: 'there' },
});

function startSuperstitious() {
  const told: string[] = [];
  const threads: Worker[] = [];
  const log = (_: object, message: string) => void told.push(message);
  const pages = startPageThread({
    open() {
      const opened = new Worker(superstitious, { eval: true });
      threads.push(opened);
      return opened;
    },
    log: { debug: log, info: log, warn: log, error: log },
    take: () => {},
    readHere: async () => ({ digest: 'here', page: null }),
  });
  return { pages, threads, told };
}

test('a page is read in the thread', async () => {
  const { pages } = startSuperstitious();

  expect(await pages.readPage(order(1))).toEqual({ digest: 'there', page: null });
  await pages.close();
});

test('when the thread dies of a page, that reading fails, the next is done here, and another thread takes over', async () => {
  const { pages, threads, told } = startSuperstitious();

  await expect(pages.readPage(order(13))).rejects.toThrow('ended before it answered');
  const meanwhile = await pages.readPage(order(1));
  while (threads.length < 2) await new Promise((resolve) => setImmediate(resolve));
  const later = await pages.readPage(order(1));

  expect(meanwhile.digest).toBe('here');
  expect(later.digest).toBe('there');
  expect(told).toContain('the page thread died; another takes its place');
  await pages.close();
});
