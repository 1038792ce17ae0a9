import type { Worker } from 'node:worker_threads';
import type { Instant } from '../../src/dates.js';
import type { Metrics } from '../../src/metrics.js';
import type { ProbeRequest, ProbeResult, Prober } from '../../src/offers/probe.js';
import type { JobQueue, Log } from '../../src/ports.js';
import { startThread } from './start-thread.js';
import type { LogNote } from './thread-messages.js';

/** What the sync thread is asked to do. */
export type SyncTask =
  /** Work on what is due until told to stop. */
  | { readonly do: 'start' }
  | { readonly do: 'stop' }
  /** Work until nothing is due. */
  | { readonly do: 'drain' }
  | { readonly do: 'probe'; readonly request: ProbeRequest }
  /** Let go of everything, and end. */
  | { readonly do: 'close' };

export interface EndedSync {
  readonly outcome: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

export type SyncNote = LogNote | { readonly kind: 'syncs-ended'; readonly syncs: readonly EndedSync[] };

/** A thread that checks and stores reports, so that no answer waits behind one. */
export interface SyncThread {
  readonly queue: JobQueue;
  readonly prober: Prober;
  /** Lets what is under way end, then ends the thread. */
  close(): Promise<void>;
}

export interface SyncThreadOptions {
  open(): Worker;
  readonly log: Log;
  /** Takes the lines that the thread logs. */
  write(line: string): void;
  addSecret(secret: string): void;
  readonly metrics?: Metrics | undefined;
  /** Lets go what a thread that died had taken up. */
  giveBack(): Promise<unknown>;
}

/** Starts the thread, and starts it again when it dies. */
export function startSyncThread({ open, log, ...options }: SyncThreadOptions): SyncThread {
  let isAtWork = false;
  const thread = startThread<SyncTask, SyncNote>({
    ...{ name: 'sync', open, log },
    take(note) {
      if (note.kind === 'line') options.write(note.line);
      else if (note.kind === 'secret') options.addSecret(note.secret);
      else {
        for (const { outcome, startedAt, endedAt } of note.syncs) {
          options.metrics?.syncEnded(outcome, startedAt, endedAt);
        }
      }
    },
    async ended() {
      const waits = (error: unknown) => log.error({ error }, 'its jobs wait for their leases');
      await options.giveBack().catch(waits);
    },
    restarted() {
      if (isAtWork) void tell({ do: 'start' });
    },
  });

  /** A thread that is gone has stopped too. */
  const tell = (task: SyncTask) => thread.ask<null>(task).catch(() => null);

  return {
    queue: {
      start() {
        isAtWork = true;
        void tell({ do: 'start' });
        return {
          async stop() {
            isAtWork = false;
            await tell({ do: 'stop' });
          },
        };
      },
      drain: () => thread.ask<boolean>({ do: 'drain' }),
    },
    prober: (request) => thread.ask<ProbeResult>({ do: 'probe', request }),
    close: () => thread.close(),
  };
}
