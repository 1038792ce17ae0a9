import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { startSyncThread } from '../../adapters/queue/start-sync-thread.js';
import type { ProbeRequest } from '../../src/offers/probe.js';
import { ProblemError } from '../../src/problems/problem.js';
import { builtProgram } from '../support/built-program.js';
import { withBot } from '../support/with-bot.js';

/** Answers `start` and `stop`, refuses the token of Affilka's probes, and dies of a probe of ReferOn. */
const shortLived = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ id, task }) => {
    if (task.do === 'probe' && task.request.platform === 'referon') process.exit(3);
    const problem = { code: 'probe.token-refused', what: 'No.', why: 'Because.', fix: ['Renew it'] };
    if (task.do === 'probe') {
      parentPort.postMessage({ kind: 'fault', id, fault: { problem, retry: 'later', retryAfterMs: 7 } });
    } else {
      parentPort.postMessage({ kind: 'line', line: task.do });
      parentPort.postMessage({ kind: 'answer', id, value: null });
    }
    if (task.do === 'close') parentPort.close();
  });`;

const probe = (platform: 'affilka' | 'referon'): ProbeRequest => {
  return { platform, access: { url: 'https://casino.example/' }, currency: null };
};

function startShortLived() {
  const told: string[] = [];
  const threads: Worker[] = [];
  const log = (_: object, message: string) => void told.push(message);
  const thread = startSyncThread({
    open() {
      const opened = new Worker(shortLived, { eval: true });
      threads.push(opened);
      return opened;
    },
    log: { debug: log, info: log, warn: log, error: log },
    write: (line) => void told.push(`line: ${line}`),
    addSecret: () => {},
    giveBack: async () => void told.push('given back'),
  });
  return { thread, threads, told };
}

test('a problem that the thread meets is the same problem here', async () => {
  const { thread } = startShortLived();

  const failure = await thread.prober(probe('affilka')).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(ProblemError);
  expect(failure).toMatchObject({
    problem: { code: 'probe.token-refused' },
    retry: 'later',
    retryAfterMs: 7,
  });
  await thread.close();
});

test('a thread that dies is logged, its jobs are given back, and another takes up the work', async () => {
  const { thread, threads, told } = startShortLived();
  const working = thread.queue.start(async () => ({ kind: 'done' }));

  const lost = thread.prober(probe('referon'));
  await expect(lost).rejects.toThrow('ended before it answered');
  while (threads.length < 2) await new Promise((resolve) => setImmediate(resolve));
  await working.stop();

  expect(told).toContain('given back');
  expect(told.some((line) => line.includes('died'))).toBe(true);
  expect(told.filter((line) => line === 'line: start')).toHaveLength(2);
  await thread.close();
});

test('a thread that is told to close ends by itself', async () => {
  const { thread, threads } = startShortLived();
  const ended = threads[0] && once(threads[0], 'exit');

  await thread.close();

  expect(await ended).toEqual([0]);
});

test('the thread checks a link, reads its offer and logs no token, with the bot and its database around it', async () => {
  const program: typeof import('../../src/main.js') = await import(pathToFileURL(await builtProgram()).href);
  const today = new Date().toISOString();
  const lines: string[] = [];
  await withBot(
    async (bot) => {
      const { urls } = bot.programme;
      const { card } = await bot.type(
        `/offer add ${urls.affilkaReportUrl({ currency: null, brands: ['17'] })} name:Bella`,
      );
      await bot.settle();

      const [offer] = await bot.tallyman.core.stores.offers.list('terminal');
      expect(card.title).toContain('Bella');
      expect(offer?.lastGoodSyncAt).not.toBeNull();
      expect(await bot.tallyman.core.stores.figures.countRows(offer?.id ?? 0)).toBeGreaterThan(100);
    },
    {
      start: today,
      open: (options) => program.openTallyman({ ...options, syncThread: program.syncThreadFile }),
      logTo: { write: (line) => lines.push(line) },
      environment: { LOG_LEVEL: 'debug' },
    },
  );
  expect(lines.join('')).not.toContain('test-token');
}, 150_000);
