import type { MessagePort } from 'node:worker_threads';
import { probeReport } from '../../src/offers/probe.js';
import type { Core } from '../../src/ports.js';
import type { Work } from '../../src/work.js';
import { answerTasks } from './answer-tasks.js';
import { keepRunning } from './keep-working.js';
import type { SyncTask } from './start-sync-thread.js';

interface Parts {
  readonly core: Core;
  readonly work: Work;
  close(): Promise<void>;
}

/** The far side of `startSyncThread`. */
export function runSyncThread(port: MessagePort, { core, work, close }: Parts): void {
  let running: { stop(): Promise<void> } | null = null;

  async function stop(): Promise<void> {
    const before = running;
    running = null;
    await before?.stop();
  }

  async function answer(task: SyncTask): Promise<unknown> {
    switch (task.do) {
      case 'start':
        running ??= keepRunning({ core, work });
        return null;
      case 'stop':
        return stop();
      case 'drain':
        return work.runAll();
      case 'probe': {
        const { platform: id, access, currency } = task.request;
        const platform = core.platforms.find((known) => known.id === id);
        if (!platform) throw new Error(`no platform ${id}`);
        return probeReport(core, platform, access, currency);
      }
      case 'close':
        await stop();
        return close();
    }
  }

  answerTasks(port, core.log, answer);
}
