import type { Driver } from 'kysely';

/** How long one turn of the event loop may go on asking the database, in milliseconds. */
const turnMs = 4;

/**
 * What asks SQLite is answered at once, so that work which asks many times, or many who wait for the connection, would
 * go on and on in one turn of the event loop, and nothing that arrives would be read. Here it lets the loop turn.
 */
export function giveWay(driver: Driver): void {
  const acquire = driver.acquireConnection.bind(driver);
  let since: number | null = null;

  async function untilThereIsTime(): Promise<void> {
    while (since !== null && performance.now() - since > turnMs) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    if (since !== null) return;
    since = performance.now();
    setImmediate(() => {
      since = null;
    });
  }

  driver.acquireConnection = async () => {
    const connection = await acquire();
    await untilThereIsTime();
    return connection;
  };
}
