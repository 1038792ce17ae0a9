import { workerData } from 'node:worker_threads';
import { type SyncThreadData, workInThread } from '../../src/work-in-thread.js';
import { anchoredClock, fetchDeadlineMs } from './simulated-time.js';
import { answerMemory } from './thread-memory.js';
import { endThreads, ordersHere } from './thread-orders.js';

// The bot's own sync thread, on the ordeal's clock.
const { time, threadLifeMs } = ordersHere();
answerMemory();
endThreads(threadLifeMs);
await workInThread({
  ...(workerData as SyncThreadData),
  pageThread: new URL('./page-thread.js', import.meta.url),
  clock: anchoredClock(time),
  deadlineMs: fetchDeadlineMs,
});
