import type { Worker } from 'node:worker_threads';
import type { Metrics } from '../../src/metrics.js';
import type { ProbeResult, Prober } from '../../src/offers/probe.js';
import type { JobQueue, Log } from '../../src/ports.js';
import { ProblemError } from '../../src/problems/problem.js';
import type { ThreadFault, ThreadMessage, ThreadRequest, ThreadTask } from './sync-thread-messages.js';

/** A thread that reads, checks and stores reports, so that no answer waits behind a page. */
export interface SyncThread {
  readonly queue: JobQueue;
  readonly prober: Prober;
  /** Lets what is under way end, then ends the thread. */
  close(): Promise<void>;
}

export interface SyncThreadOptions {
  open(): Worker;
  readonly log: Log;
  /** Takes the lines that the thread logs. */
  write(line: string): void;
  addSecret(secret: string): void;
  readonly metrics?: Metrics | undefined;
  /** Lets go what a thread that died had taken up. */
  giveBack(): Promise<unknown>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A thread that dies at once would otherwise be started without end. */
const restartMs = 1000;

/** Starts the thread, and starts it again when it dies. */
export function startSyncThread(options: SyncThreadOptions): SyncThread {
  const { log } = options;
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isAtWork = false;
  let isClosing = false;
  let restart: NodeJS.Timeout | undefined;
  let thread = open();

  function open(): Worker | null {
    const opened = options.open();
    opened.on('message', (message: ThreadMessage) => take(message));
    opened.on('error', (error) => log.error({ error }, 'the sync thread failed'));
    opened.on('exit', () => void ended());
    return opened;
  }

  function take(message: ThreadMessage): void {
    if (message.kind === 'line') options.write(message.line);
    else if (message.kind === 'secret') options.addSecret(message.secret);
    else if (message.kind === 'sync-ended') {
      options.metrics?.syncEnded(message.outcome, message.startedAt, message.endedAt);
    } else {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === 'answer') asked?.resolve(message.value);
      else asked?.reject(errorOf(message.fault));
    }
  }

  async function ended(): Promise<void> {
    thread = null;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { reject } of lost) reject(new Error('the sync thread ended before it answered'));
    if (isClosing) return;
    log.error({ restartMs }, 'the sync thread died; another takes its place');
    await options
      .giveBack()
      .catch((error: unknown) => log.error({ error }, 'its jobs wait for their leases'));
    restart = setTimeout(() => {
      thread = open();
      if (isAtWork) void ask({ do: 'start' }).catch(() => undefined);
    }, restartMs);
  }

  function ask<T>(task: ThreadTask): Promise<T> {
    lastId += 1;
    const request: ThreadRequest = { id: lastId, task };
    if (!thread) return Promise.reject(new Error('the sync thread is not there'));
    const answered = new Promise<unknown>((resolve, reject) => waiting.set(request.id, { resolve, reject }));
    thread.postMessage(request);
    return answered as Promise<T>;
  }

  /** A thread that is gone has stopped too. */
  const tell = (task: ThreadTask) => ask<null>(task).catch(() => null);

  return {
    queue: {
      start() {
        isAtWork = true;
        void tell({ do: 'start' });
        return {
          async stop() {
            isAtWork = false;
            await tell({ do: 'stop' });
          },
        };
      },
      drain: () => ask<boolean>({ do: 'drain' }),
    },
    prober: (request) => ask<ProbeResult>({ do: 'probe', request }),
    async close() {
      isClosing = true;
      clearTimeout(restart);
      await tell({ do: 'close' });
    },
  };
}

function errorOf(fault: ThreadFault): Error {
  if (fault.problem === null) return new Error('a task of the sync thread failed; its log line says why');
  return new ProblemError(fault.problem, fault.retry, fault.retryAfterMs);
}
