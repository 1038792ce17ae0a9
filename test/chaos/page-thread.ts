import { workerData } from 'node:worker_threads';
import { type PageThreadData, readInThread } from '../../src/read-in-thread.js';
import { fetchDeadlineMs } from './simulated-time.js';
import { answerMemory } from './thread-memory.js';

// The bot's own page thread, which has no clock.
answerMemory();
await readInThread({ ...(workerData as PageThreadData), deadlineMs: fetchDeadlineMs });
