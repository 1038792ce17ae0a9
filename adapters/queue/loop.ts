import type { Log } from '../../src/ports.js';

/** How long an idle loop sleeps before it looks again by itself; `wake` cuts it short. */
const idleMs = 1000;

export interface Loop {
  /** Looks for work now. */
  wake(): void;
  /** Lets the step under way end, then stops. */
  stop(): Promise<void>;
}

/**
 * Repeats a step for as long as it finds work, then sleeps. A step that throws is logged and tried again after the sleep.
 * `goesOn` tells the step whether it will be called again.
 */
export function startLoop(step: (goesOn: () => boolean) => Promise<boolean>, log: Log): Loop {
  let running = true;
  let wake = () => {};

  async function run(): Promise<void> {
    while (running) {
      if (await attempt()) continue;
      if (!running) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, idleMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async function attempt(): Promise<boolean> {
    try {
      return await step(() => running);
    } catch (error) {
      log.error({ error }, 'step failed');
      return false;
    }
  }

  const done = run();
  return {
    wake: () => wake(),
    async stop() {
      running = false;
      wake();
      await done;
    },
  };
}
