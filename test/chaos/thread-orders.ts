import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import type { Orders } from './bot.js';

/** What the threads under ordeal go by, besides what the bot itself hands them. */
export type ThreadOrders = Pick<Orders, 'time' | 'threadLifeMs'>;

const place = 'ordeal';

/** For every thread that is started from here on, also by threads. */
export function orderThreads(orders: ThreadOrders): void {
  setEnvironmentData(place, { ...orders });
}

export function ordersHere(): ThreadOrders {
  return getEnvironmentData(place) as unknown as ThreadOrders;
}

/** Ends each thread that this one starts at a random moment, in the midst of whatever it does, as running out of memory would. */
export function endThreads(longestLifeMs: number | null): void {
  if (longestLifeMs === null) return;
  process.on('worker', (thread) => {
    setTimeout(() => void thread.terminate(), Math.random() * longestLifeMs).unref();
  });
}
