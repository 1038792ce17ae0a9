import { parentPort, Worker } from 'node:worker_threads';
import { startPageThread } from '../adapters/queue/page-thread.js';
import { runSyncThread } from '../adapters/queue/run-sync-thread.js';
import type { EndedSync, SyncNote } from '../adapters/queue/start-sync-thread.js';
import { stepBack } from '../adapters/queue/step-back.js';
import { threadLimits } from '../adapters/queue/thread-limits.js';
import { turnsOf } from '../db/write-turns.js';
import type { Config } from './config.js';
import { openCore } from './open-core.js';
import type { Clock } from './ports.js';
import type { PageThreadData } from './read-in-thread.js';
import { createPageReader } from './sync/page-reader.js';
import { tellOnce } from './tell-once.js';
import { createWork } from './work.js';

/** What the sync thread is handed. */
export interface SyncThreadData {
  readonly config: Config;
  readonly turns: SharedArrayBuffer;
}

export interface SyncThreadOptions extends SyncThreadData {
  /** The file of the thread that fetches and reads pages. */
  readonly pageThread: URL;
  readonly clock?: Clock;
  /** Of a request that this thread makes itself. */
  readonly deadlineMs?: number;
}

const tellEveryMs = 500;

/** Makes this thread the sync thread: a database handle, a network and a log of its own, and nobody to talk to. */
export async function workInThread({ turns, pageThread, ...options }: SyncThreadOptions): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('the sync thread is started as a thread');
  // And with it the threads that it starts: a thread begins with the priority of the one that starts it.
  stepBack();
  const told = tellOnce(port);
  const ended: EndedSync[] = [];

  /** Many at once: each message wakes the thread that answers people. */
  function tellEnded(): void {
    if (ended.length > 0)
      port?.postMessage({ kind: 'syncs-ended', syncs: ended.splice(0) } satisfies SyncNote);
  }

  const telling = setInterval(tellEnded, tellEveryMs);
  const opened = await openCore({
    ...told,
    ...options,
    turns: turnsOf(turns, 1),
    messengers: new Map(),
    exclusive: false,
    metrics: {
      syncEnded: (outcome, startedAt, endedAt) => void ended.push({ outcome, startedAt, endedAt }),
      deliveryEnded: () => {},
      commandEnded: () => {},
    },
  });
  const { http, log, platforms } = opened.core;
  const workerData: PageThreadData = { config: options.config };
  const pages = startPageThread({
    log,
    open: () => new Worker(pageThread, { workerData, resourceLimits: threadLimits }),
    take(note) {
      if (note.kind === 'line') return opened.writeLine(note.line);
      opened.addSecret(note.secret);
      told.onSecret(note.secret);
    },
    readHere: createPageReader(http, platforms),
  });
  const core = { ...opened.core, readPage: pages.readPage };
  runSyncThread(port, {
    core,
    work: createWork(core),
    async close() {
      clearInterval(telling);
      tellEnded();
      await pages.close();
      await opened.close();
    },
  });
}
