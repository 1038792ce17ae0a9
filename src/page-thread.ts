import { workerData } from 'node:worker_threads';
import { type PageThreadData, readInThread } from './read-in-thread.js';

// What the sync thread starts as a thread.
await readInThread(workerData as PageThreadData);
