import { BroadcastChannel } from 'node:worker_threads';

const name = 'memory';
const question = 'how much?';
/** Besides the one that asks: one stores, one reads. */
const otherThreads = 2;

interface Asked {
  readonly data: unknown;
}

/** What this thread's heap needs after a collection, in bytes. */
function heapHere(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Lets this thread tell what it needs, for as long as it lives. */
export function answerMemory(): void {
  const channel = new BroadcastChannel(name);
  channel.unref();
  channel.onmessage = (asked) => {
    if ((asked as Asked).data === question) channel.postMessage(heapHere());
  };
}

/** What the heaps of all threads need, in bytes. */
export function askMemory(): Promise<number> {
  const channel = new BroadcastChannel(name);
  let sum = heapHere();
  let left = otherThreads;
  return new Promise((resolve) => {
    channel.onmessage = (answered) => {
      sum += Number((answered as Asked).data);
      left -= 1;
      if (left > 0) return;
      channel.close();
      resolve(sum);
    };
    channel.postMessage(question);
  });
}
