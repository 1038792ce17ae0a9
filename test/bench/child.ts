import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of the bench that answers one question at a time. */
export interface Child {
  readonly process: ChildProcess;
  ask<T>(question: unknown): Promise<T>;
  stop(): void;
}

/** Starts a script of this folder in a process of its own; `first` is what it says when it is ready. */
export async function startChild<T = unknown>(
  name: string,
  args: readonly string[] = [],
  execArgv: readonly string[] = [],
): Promise<{ readonly child: Child; readonly first: T }> {
  const path = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const started = fork(path, [...args], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = <A>() =>
    new Promise<A>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${name} ended with ${code}`));
      started.once('exit', ended);
      started.once('message', (message) => {
        started.off('exit', ended);
        resolve(message as A);
      });
    });
  const first = await answer<T>();
  const child: Child = {
    process: started,
    ask(question) {
      const answered = answer();
      started.send(question as object);
      return answered as Promise<never>;
    },
    stop: () => started.disconnect(),
  };
  return { child, first };
}

/** Answers each question of the process that started this one. */
export function answerQuestions<Q, A>(answer: (question: Q) => Promise<A>): void {
  process.on('message', (question: Q) => {
    answer(question).then(
      (given) => process.send?.(given),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}
