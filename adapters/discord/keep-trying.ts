import { setTimeout as sleep } from 'node:timers/promises';

export interface Trying {
  /** Resolves after the first try, whatever became of it; rejects with what `isFinal` says will not pass. */
  readonly first: Promise<void>;
  /** Gives up what is still to be tried. */
  stop(): Promise<void>;
}

/** Longest wait between two tries. */
const longestMs = 5 * 60_000;

/** Does something until it succeeds, with growing waits: the far side may be down for hours. */
export function keepTrying(
  work: () => Promise<void>,
  options: {
    readonly isFinal: (error: unknown) => boolean;
    readonly onFailure: (error: unknown, waitMs: number) => void;
    readonly firstWaitMs?: number;
  },
): Trying {
  const stopping = new AbortController();
  const once = async (waitMs: number): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      options.onFailure(error, waitMs);
      if (options.isFinal(error)) throw error;
      return stopping.signal.aborted;
    }
  };
  const goOn = async (isDone: boolean) => {
    let waitMs = options.firstWaitMs ?? 2000;
    let done = isDone;
    while (!done) {
      try {
        await sleep(waitMs, undefined, { signal: stopping.signal });
      } catch {
        return;
      }
      waitMs = Math.min(longestMs, waitMs * 2);
      done = await once(waitMs).catch(() => true);
    }
  };
  const first = once(options.firstWaitMs ?? 2000);
  const rest = first.then(goOn, () => undefined);
  return {
    first: first.then(() => undefined),
    async stop() {
      stopping.abort();
      await rest;
    },
  };
}
