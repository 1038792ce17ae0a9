import type { Core } from '../../src/ports.js';
import type { Work } from '../../src/work.js';
import { startLoop } from './loop.js';
import { everyMinute } from './minutes.js';

interface Parts {
  readonly core: Pick<Core, 'log' | 'queue'>;
  readonly work: Work;
}

/** How many jobs are under way at a time. */
const usualWorkers = 8;

/** Keeps the bot working: looks for jobs and messages, and once a minute for what is due. Answers how to stop it. */
export function keepWorking(
  { core, work }: Parts,
  ticked: () => void = () => {},
  workers = usualWorkers,
): { wake(): void; stop(): Promise<void> } {
  const running = keepRunning({ core, work }, workers);
  const sending = startLoop(() => work.sendNext(), core.log);
  const minutes = everyMinute(() => work.plan().then(ticked), core.log);
  return {
    wake() {
      running.wake();
      sending.wake();
    },
    async stop() {
      await Promise.all([minutes.stop(), running.stop(), sending.stop()]);
    },
  };
}

/** Runs the jobs alone: those that a queue hands out, or those that are claimed one by one. */
export function keepRunning(
  { core, work }: Parts,
  workers = usualWorkers,
): { wake(): void; stop(): Promise<void> } {
  const handedOut = core.queue?.start((job) => work.run(job));
  if (handedOut) return { wake: () => {}, stop: () => handedOut.stop() };
  const loops = Array.from({ length: workers }, (_, index) =>
    // Half of the workers never touch offers in trouble.
    startLoop((goesOn) => work.runNext(index % 2 === 0 ? 'any' : 'in good health', goesOn), core.log),
  );
  return {
    wake() {
      for (const loop of loops) loop.wake();
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
