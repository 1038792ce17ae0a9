import { parentPort, workerData } from 'node:worker_threads';
import { runSyncThread } from '../adapters/queue/run-sync-thread.js';
import type { ThreadMessage } from '../adapters/queue/sync-thread-messages.js';
import type { Config } from './config.js';
import { openCore } from './open-core.js';
import { createWork } from './work.js';

// What `main.ts` starts as a thread: a database handle, a network and a log of its own, and nobody to talk to.
const port = parentPort;
if (!port) throw new Error('this file is started as a thread');
const post = (message: ThreadMessage) => port.postMessage(message);
const told = new Set<string>();
const { core, close } = await openCore({
  config: workerData as Config,
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
