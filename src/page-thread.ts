import { parentPort, workerData } from 'node:worker_threads';
import { runPageThread } from '../adapters/queue/page-thread.js';
import type { Config } from './config.js';
import { openNetwork } from './open-network.js';
import { platforms } from './platforms/index.js';
import { createPageReader } from './sync/page-reader.js';
import { tellOnce } from './tell-once.js';

// What `sync-thread.ts` starts as a thread: a network and a log of its own, and no database.
const port = parentPort;
if (!port) throw new Error('this file is started as a thread');
const { config } = workerData as { readonly config: Config };
// Here it is needed for sure, and loading it beside the first reading would hold up whoever is answered just then.
await import('../adapters/http/guarded-client.js');
const { log, http } = openNetwork({ config, ...tellOnce(port) });
runPageThread(port, { log, read: createPageReader(http, platforms), close: () => http.close() });
