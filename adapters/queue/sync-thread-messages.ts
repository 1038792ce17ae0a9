import type { ProbeRequest } from '../../src/offers/probe.js';
import type { Problem } from '../../src/problems/problem.js';

/** What the sync thread is asked to do; each request is answered once. */
export type ThreadTask =
  /** Work on what is due until told to stop. */
  | { readonly do: 'start' }
  | { readonly do: 'stop' }
  /** Work until nothing is due. */
  | { readonly do: 'drain' }
  | { readonly do: 'probe'; readonly request: ProbeRequest }
  /** Let go of everything, and end. */
  | { readonly do: 'close' };

export interface ThreadRequest {
  readonly id: number;
  readonly task: ThreadTask;
}

/** An error that crosses over: a problem stays one; of anything else the thread has logged what it was. */
export type ThreadFault =
  | {
      readonly problem: Problem;
      readonly retry: 'never' | 'later';
      readonly retryAfterMs: number | undefined;
    }
  | { readonly problem: null };

export type ThreadMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: ThreadFault }
  /** A line for the log, scrubbed. */
  | { readonly kind: 'line'; readonly line: string }
  /** A secret that was learnt, for this side's log to know it too. */
  | { readonly kind: 'secret'; readonly secret: string }
  | {
      readonly kind: 'sync-ended';
      readonly outcome: string;
      readonly startedAt: string;
      readonly endedAt: string;
    };
