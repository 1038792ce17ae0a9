import type { Log } from './ports.js';

/** The parts of `process` that are needed here. */
export type ProcessEvents = Pick<NodeJS.Process, 'on' | 'exit'>;

/** Resolves at the first SIGTERM or SIGINT. At a second one the program exits at once. */
export function stopSignal(events: ProcessEvents): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      events.on(signal, () => {
        if (isStopping) events.exit(1);
        isStopping = true;
        resolve(signal);
      });
    }
  });
}

/** A fault that nobody caught leaves the program in a state that nobody knows: it is logged, and the program ends. */
export function exitOnFault(events: ProcessEvents, log: Log): void {
  const end = (error: unknown) => {
    log.error({ error }, 'a fault that nobody caught; the program ends');
    events.exit(1);
  };
  events.on('uncaughtException', end);
  events.on('unhandledRejection', end);
}

/** Runs the steps one after the other, each of its parts at once, and never takes longer than `limitMs` in all. */
export async function stopWithin(
  limitMs: number,
  steps: readonly (() => Promise<unknown>)[],
  log: Log,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitMs);
  });
  const all = (async () => {
    for (const step of steps) {
      await step().catch((error: unknown) => log.error({ error }, 'a part did not stop well'));
    }
  })();
  const ended = await Promise.race([all, late]);
  clearTimeout(timer);
  // What is cut off here is found again at the next start, as after a power cut.
  if (ended === 'late') log.warn({ limitMs }, 'stopped before everything had ended');
}
