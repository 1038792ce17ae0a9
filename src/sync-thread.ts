import { parentPort, workerData } from 'node:worker_threads';
import { runSyncThread } from '../adapters/queue/run-sync-thread.js';
import type { ThreadMessage } from '../adapters/queue/sync-thread-messages.js';
import { turnsOf } from '../db/write-turns.js';
import type { Config } from './config.js';
import { openCore } from './open-core.js';
import { createWork } from './work.js';

/** What the thread is handed. */
export interface SyncThreadData {
  readonly config: Config;
  readonly turns: SharedArrayBuffer;
}

// What `main.ts` starts as a thread: a database handle, a network and a log of its own, and nobody to talk to.
const port = parentPort;
if (!port) throw new Error('this file is started as a thread');
const post = (message: ThreadMessage) => port.postMessage(message);
const told = new Set<string>();
const { config, turns } = workerData as SyncThreadData;
const { core, close } = await openCore({
  config,
  turns: turnsOf(turns, 1),
  messengers: new Map(),
  exclusive: false,
  logTo: { write: (line) => post({ kind: 'line', line }) },
  onSecret(secret) {
    if (!told.has(secret)) post({ kind: 'secret', secret });
    told.add(secret);
  },
  metrics: {
    syncEnded: (outcome, startedAt, endedAt) => post({ kind: 'sync-ended', outcome, startedAt, endedAt }),
    deliveryEnded: () => {},
    commandEnded: () => {},
  },
});
runSyncThread(port, { core, work: createWork(core), close });
