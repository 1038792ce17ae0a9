import type { MessagePort, Worker } from 'node:worker_threads';
import type { Log } from '../../src/ports.js';
import { type PackedPage, packPage, unpackPage } from '../../src/sync/packed-page.js';
import type { PageOrder, PageReader } from '../../src/sync/page-reader.js';
import { answerTasks } from './answer-tasks.js';
import { startThread } from './start-thread.js';
import type { LogNote } from './thread-messages.js';

type PageTask = { readonly do: 'read'; readonly order: PageOrder } | { readonly do: 'close' };

interface PackedRead {
  readonly digest: string;
  readonly page: PackedPage | null;
}

export interface PageThreadOptions {
  open(): Worker;
  readonly log: Log;
  take(note: LogNote): void;
  /** Reads while the thread is not there. */
  readonly readHere: PageReader;
}

/** A thread that fetches pages and reads them, while this one stores those before. */
export function startPageThread({ open, log, take, readHere }: PageThreadOptions): {
  readonly readPage: PageReader;
  close(): Promise<void>;
} {
  const thread = startThread<PageTask, LogNote>({ name: 'page', open, log, take });
  return {
    async readPage(order) {
      if (!thread.isThere()) return readHere(order);
      const { digest, page } = await thread.ask<PackedRead>({ do: 'read', order });
      return { digest, page: page && unpackPage(page) };
    },
    close: () => thread.close(),
  };
}

/** The far side of `startPageThread`. */
export function runPageThread(
  port: MessagePort,
  { log, read, close }: { readonly log: Log; readonly read: PageReader; close(): Promise<void> },
): void {
  answerTasks<PageTask>(port, log, async (task): Promise<PackedRead | null> => {
    if (task.do === 'close') {
      await close();
      return null;
    }
    const { digest, page } = await read(task.order);
    return { digest, page: page && packPage(page) };
  });
}
