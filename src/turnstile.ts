/** Resolves when the caller may begin: in the order of asking. */
export type Turnstile = () => Promise<void>;

/**
 * Lets one piece of work begin in each turn of the event loop. What arrives in a burst is so read and acknowledged as a
 * whole before the second piece begins, however long each one keeps the processor.
 */
export function createTurnstile(): Turnstile {
  const waiting: (() => void)[] = [];

  function letOneIn(): void {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(letOneIn);
  }

  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(letOneIn);
    });
}
