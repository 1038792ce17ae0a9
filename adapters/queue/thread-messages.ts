import type { Problem } from '../../src/problems/problem.js';

/** What a thread is asked to do; each request is answered once. */
export interface ThreadRequest<Task> {
  readonly id: number;
  readonly task: Task;
}

/** An error that crosses over: a problem stays one; of anything else the thread has logged what it was. */
export type ThreadFault =
  | {
      readonly problem: Problem;
      readonly retry: 'never' | 'later';
      readonly retryAfterMs: number | undefined;
    }
  | { readonly problem: null };

export type ThreadAnswer =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: ThreadFault };

/** What a thread tells unasked. */
export type LogNote =
  /** A line for the log, scrubbed. */
  | { readonly kind: 'line'; readonly line: string }
  /** A secret that was learnt, for the other side's log to know it too. */
  | { readonly kind: 'secret'; readonly secret: string };
