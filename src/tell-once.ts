import type { MessagePort } from 'node:worker_threads';
import type { LogNote } from '../adapters/queue/thread-messages.js';

/** How a thread hands its log's lines, and each secret once, to the thread that started it. */
export function tellOnce(port: MessagePort) {
  const told = new Set<string>();
  const post = (note: LogNote) => port.postMessage(note);
  return {
    logTo: { write: (line: string) => post({ kind: 'line', line }) },
    onSecret(secret: string): void {
      if (!told.has(secret)) post({ kind: 'secret', secret });
      told.add(secret);
    },
  };
}
