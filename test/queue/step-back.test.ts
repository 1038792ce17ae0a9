import { once } from 'node:events';
import { getPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { builtProgram } from '../support/built-program.js';

/** Steps back in a thread, and tells that thread's priority. */
const threadCode = `
  const { readlinkSync } = require('node:fs');
  const { getPriority } = require('node:os');
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData).then(({ stepBack }) => {
    stepBack();
    parentPort.postMessage(getPriority(Number(readlinkSync('/proc/thread-self').split('/')[2])));
  });`;

test.runIf(process.platform === 'linux')(
  'a thread that steps back does so alone',
  async () => {
    const program = pathToFileURL(await builtProgram());
    const before = getPriority(process.pid);
    const workerData = new URL('../adapters/queue/step-back.js', program).href;

    const [priority] = await once(new Worker(threadCode, { eval: true, workerData }), 'message');

    expect(priority).toBe(Math.min(19, before + 5));
    expect(getPriority(process.pid)).toBe(before);
  },
  150_000,
);
