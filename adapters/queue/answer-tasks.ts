import type { MessagePort } from 'node:worker_threads';
import type { Log } from '../../src/ports.js';
import { ProblemError } from '../../src/problems/problem.js';
import type { ThreadAnswer, ThreadFault, ThreadRequest } from './thread-messages.js';

/** The far side of `startThread`: answers each task, until it is told to close. `buffersIn` an answer are handed over, not copied. */
export function answerTasks<Task extends { readonly do: string }, Answer>(
  port: MessagePort,
  log: Log,
  answer: (task: Task) => Promise<Answer>,
  buffersIn: (answer: Answer) => readonly ArrayBuffer[] = () => [],
): void {
  const post = (message: ThreadAnswer, buffers: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, buffers);
  port.on('message', ({ id, task }: ThreadRequest<Task>) => {
    const answered = answer(task).then(
      (value) => post({ kind: 'answer', id, value: value ?? null }, buffersIn(value)),
      (error: unknown) => {
        if (!(error instanceof ProblemError))
          log.error({ error, task: task.do }, 'a task failed unexpectedly');
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
