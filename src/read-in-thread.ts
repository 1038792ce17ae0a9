import { parentPort } from 'node:worker_threads';
import { runPageThread } from '../adapters/queue/page-thread.js';
import type { Config } from './config.js';
import { openNetwork } from './open-network.js';
import { platforms } from './platforms/index.js';
import { createPageReader } from './sync/page-reader.js';
import { tellOnce } from './tell-once.js';

/** What the page thread is handed. */
export interface PageThreadData {
  readonly config: Config;
}

export interface PageThreadOptions extends PageThreadData {
  readonly deadlineMs?: number;
}

/** Makes this thread the page thread: a network and a log of its own, and no database. */
export async function readInThread(options: PageThreadOptions): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('the page thread is started as a thread');
  // Here it is needed for sure, and loading it beside the first reading would hold up whoever is answered just then.
  await import('../adapters/http/guarded-client.js');
  const { log, http } = openNetwork({ ...options, ...tellOnce(port) });
  runPageThread(port, { log, read: createPageReader(http, platforms), close: () => http.close() });
}
