import { workerData } from 'node:worker_threads';
import { type SyncThreadData, workInThread } from './work-in-thread.js';

// What `main.ts` starts as a thread.
const pageThread = new URL('./page-thread.js', import.meta.url);
await workInThread({ ...(workerData as SyncThreadData), pageThread });
