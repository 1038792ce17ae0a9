import type { Worker } from 'node:worker_threads';
import type { Log } from '../../src/ports.js';
import { ProblemError } from '../../src/problems/problem.js';
import type { ThreadAnswer, ThreadFault, ThreadRequest } from './thread-messages.js';

export interface Thread<Task> {
  /** False from the death of one thread to the start of the next. */
  isThere(): boolean;
  /** Throws what the task threw; a plain error when the thread ends before it has answered. */
  ask<T>(task: Task): Promise<T>;
  /** Lets what is under way end, then ends the thread. */
  close(): Promise<void>;
}

export interface ThreadOptions<Note> {
  /** For the log: "sync". */
  readonly name: string;
  open(): Worker;
  readonly log: Log;
  /** Takes what the thread tells unasked. */
  take(note: Note): void;
  /** Asked when a thread has died, before the next is started. */
  ended?(): Promise<void>;
  restarted?(): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A thread that dies at once would otherwise be started without end. */
const restartMs = 1000;

/** Starts a thread that answers tasks (see `answerTasks`), and starts it again when it dies. */
export function startThread<Task extends { readonly do: string }, Note extends { readonly kind: string }>(
  options: ThreadOptions<Note>,
): Thread<Task | { readonly do: 'close' }> {
  const { log, name } = options;
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isClosing = false;
  let restart: NodeJS.Timeout | undefined;
  let thread: Worker | null = open();

  function open(): Worker {
    const opened = options.open();
    opened.on('message', (message: ThreadAnswer | Note) => take(message));
    opened.on('error', (error) => log.error({ error }, `the ${name} thread failed`));
    opened.on('exit', () => void ended());
    return opened;
  }

  function take(message: ThreadAnswer | Note): void {
    if (!isAnswer(message)) {
      options.take(message);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') asked?.resolve(message.value);
    else asked?.reject(errorOf(message.fault));
  }

  async function ended(): Promise<void> {
    thread = null;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { reject } of lost) reject(new Error(`the ${name} thread ended before it answered`));
    if (isClosing) return;
    log.error({ restartMs }, `the ${name} thread died; another takes its place`);
    await options.ended?.();
    restart = setTimeout(() => {
      thread = open();
      options.restarted?.();
    }, restartMs);
  }

  function ask<T>(task: Task | { readonly do: 'close' }): Promise<T> {
    lastId += 1;
    const request: ThreadRequest<typeof task> = { id: lastId, task };
    if (!thread) return Promise.reject(new Error(`the ${name} thread is not there`));
    const answered = new Promise<unknown>((resolve, reject) => waiting.set(request.id, { resolve, reject }));
    thread.postMessage(request);
    return answered as Promise<T>;
  }

  return {
    isThere: () => thread !== null,
    ask,
    async close() {
      isClosing = true;
      clearTimeout(restart);
      // A thread that is gone has closed too.
      await ask({ do: 'close' }).catch(() => null);
    },
  };
}

function isAnswer(message: { readonly kind: string }): message is ThreadAnswer {
  return message.kind === 'answer' || message.kind === 'fault';
}

function errorOf(fault: ThreadFault): Error {
  if (fault.problem === null) return new Error('a task of a thread failed; its log line says why');
  return new ProblemError(fault.problem, fault.retry, fault.retryAfterMs);
}
