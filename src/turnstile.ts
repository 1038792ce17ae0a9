/** Resolves when the caller may begin: in the order of asking. */
export type Turnstile = () => Promise<void>;

/** Turns that may pass while more and more arrives; then work begins all the same. */
const mostPassed = 20;

/**
 * Lets one piece of work begin in each turn of the event loop, and none in a turn that brought more. What arrives in a
 * burst is so read and acknowledged as a whole before the first piece begins, however long each one keeps the processor.
 */
export function createTurnstile(): Turnstile {
  const waiting: (() => void)[] = [];
  let seen = 0;
  let passed = 0;

  function letOneIn(): void {
    const hasMore = waiting.length > seen && passed < mostPassed;
    passed = hasMore ? passed + 1 : 0;
    if (!hasMore) waiting.shift()?.();
    seen = waiting.length;
    if (waiting.length > 0) setImmediate(letOneIn);
  }

  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length > 1) return;
      seen = 1;
      setImmediate(letOneIn);
    });
}
