import { AsyncLocalStorage } from 'node:async_hooks';
import type { Driver } from 'kysely';

const longestWaitMs = 5 * 60_000;

let watched: AsyncLocalStorage<{ open: boolean }> | null = null;

/**
 * From now on this thread's databases refuse stores from outside while a transaction's work runs: on SQLite they would
 * wait for that very transaction, on Postgres they would write beside it. All tests run so. The bot does not: before
 * Node 24 every promise then carries its context, which takes a tenth of a sync.
 */
export function watchOutsideUse(): void {
  watched ??= new AsyncLocalStorage();
}

/** Runs the work of a transaction. */
export async function asTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (!watched) return work();
  const scope = { open: true };
  try {
    return await watched.run(scope, work);
  } finally {
    scope.open = false;
  }
}

/** Makes a driver refuse them, once they are watched. */
export function refuseOutsideUse(driver: Driver): void {
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async () => {
    if (watched?.getStore()?.open) {
      throw new Error('inside a transaction only the stores that it hands out may be used');
    }
    return acquire();
  };
}

/**
 * Nobody waits so long for the only connection unless work inside a transaction waits for its own end. As an error that
 * ends the transaction, and not all that the bot does.
 */
export function endLongWaits(driver: Driver, mostMs = longestWaitMs): void {
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = () =>
    new Promise((resolve, reject) => {
      let isOver = false;
      const timer = setTimeout(() => {
        isOver = true;
        reject(new Error('the database was not free for too long'));
      }, mostMs);
      acquire()
        .then((connection) => (isOver ? driver.releaseConnection(connection) : resolve(connection)), reject)
        .finally(() => clearTimeout(timer));
    });
}
