import type { Core } from '../../src/ports.js';
import type { Work } from '../../src/work.js';
import { startLoop } from './loop.js';
import { everyMinute } from './minutes.js';

/** Keeps the bot working: looks for jobs and messages, and once a minute for what is due. Answers how to stop it. */
export function keepWorking(
  { core, work }: { readonly core: Pick<Core, 'log' | 'queue'>; readonly work: Work },
  ticked: () => void = () => {},
  workers = 8,
): { wake(): void; stop(): Promise<void> } {
  const claiming = (index: number) =>
    // Half of the workers never touch offers in trouble.
    startLoop(() => work.runNext(index % 2 === 0 ? 'any' : 'in good health'), core.log);
  const handedOut = core.queue?.start((job) => work.run(job));
  const loops = [
    ...(handedOut ? [] : Array.from({ length: workers }, (_, index) => claiming(index))),
    startLoop(() => work.sendNext(), core.log),
  ];
  const minutes = everyMinute(() => work.plan().then(ticked), core.log);
  return {
    wake() {
      for (const loop of loops) loop.wake();
    },
    async stop() {
      await Promise.all([minutes.stop(), handedOut?.stop(), ...loops.map((loop) => loop.stop())]);
    },
  };
}
