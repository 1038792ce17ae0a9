/** Resolves when the caller may begin: in the order of asking. */
export type Turnstile = () => Promise<void>;

/** What is sent together arrives over some milliseconds; after so many without more it is all there. */
const quietMs = 10;
/** So many wait while more arrives; beyond that work begins all the same, or it never would under a steady load. */
const mostWaiting = 100;
/**
 * A turn of the event loop takes one new connection, and reads what came over it in the next: what has piled up while a
 * piece of work kept the processor shows only after a few of them.
 */
const quietTurns = 3;

/**
 * Lets pieces of work begin one by one, and none while more of them arrive. A burst is so read and acknowledged as a
 * whole before the first piece begins, however long each one keeps the processor.
 */
export function createTurnstile(): Turnstile {
  const waiting: (() => void)[] = [];
  let lastAt = 0;
  let turns = 0;
  let isLooking = false;

  function look(): void {
    isLooking = waiting.length > 0;
    if (!isLooking) return;
    const restMs = waiting.length > mostWaiting ? 0 : lastAt + quietMs - performance.now();
    if (restMs > 0) {
      turns = 0;
      setTimeout(look, restMs);
      return;
    }
    turns += 1;
    if (turns > quietTurns) {
      turns = 0;
      waiting.shift()?.();
    }
    setImmediate(look);
  }

  return () =>
    new Promise((begin) => {
      lastAt = performance.now();
      waiting.push(begin);
      if (isLooking) return;
      isLooking = true;
      setImmediate(look);
    });
}
