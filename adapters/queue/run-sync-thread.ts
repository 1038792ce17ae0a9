import type { MessagePort } from 'node:worker_threads';
import { probeReport } from '../../src/offers/probe.js';
import type { Core } from '../../src/ports.js';
import { ProblemError } from '../../src/problems/problem.js';
import type { Work } from '../../src/work.js';
import { keepRunning } from './keep-working.js';
import type { ThreadFault, ThreadMessage, ThreadRequest, ThreadTask } from './sync-thread-messages.js';

interface Parts {
  readonly core: Core;
  readonly work: Work;
  close(): Promise<void>;
}

/** The far side of `startSyncThread`: does what it is asked, until it is told to close. */
export function runSyncThread(port: MessagePort, { core, work, close }: Parts): void {
  let running: { stop(): Promise<void> } | null = null;
  const post = (message: ThreadMessage) => port.postMessage(message);

  async function stop(): Promise<void> {
    const before = running;
    running = null;
    await before?.stop();
  }

  async function answer(task: ThreadTask): Promise<unknown> {
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

  port.on('message', ({ id, task }: ThreadRequest) => {
    const answered = answer(task).then(
      (value) => post({ kind: 'answer', id, value: value ?? null }),
      (error: unknown) => {
        if (!(error instanceof ProblemError))
          core.log.error({ error, task: task.do }, 'a task failed unexpectedly');
        post({ kind: 'fault', id, fault: faultOf(error) });
      },
    );
    if (task.do === 'close') void answered.then(() => port.close());
  });
}

function faultOf(error: unknown): ThreadFault {
  if (!(error instanceof ProblemError)) return { problem: null };
  const { problem, retry, retryAfterMs } = error;
  return { problem, retry, retryAfterMs };
}
