import type { MessagePort, Worker } from 'node:worker_threads';
import type { ReportPage } from '../../src/platforms/platform.js';
import type { Log } from '../../src/ports.js';
import type { PageOrder, PageRead, PageReader } from '../../src/sync/page-reader.js';
import { answerTasks } from './answer-tasks.js';
import { startThread } from './start-thread.js';
import type { LogNote } from './thread-messages.js';

type PageTask = { readonly do: 'read'; readonly order: PageOrder } | { readonly do: 'close' };

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
      return thread.ask<PageRead>({ do: 'read', order });
    },
    close: () => thread.close(),
  };
}

/** The far side of `startPageThread`. */
export function runPageThread(
  port: MessagePort,
  { log, read, close }: { readonly log: Log; readonly read: PageReader; close(): Promise<void> },
): void {
  const answer = async (task: PageTask): Promise<PageRead | null> => {
    if (task.do === 'read') return read(task.order);
    await close();
    return null;
  };
  answerTasks(port, log, answer, (answered) => columnsIn(answered?.page ?? null));
}

/** The columns of a page's rows. */
function columnsIn(page: ReportPage | null): ArrayBuffer[] {
  const rows = page ? [page.rows, ...(page.paging ? [page.paging.lines.rows] : [])] : [];
  const columns = rows.flatMap((of) => [of.dayPlaces.buffer, of.dimensionPlaces.buffer, of.figures.buffer]);
  // Nothing of empty ones is to be handed over, and those of no rows are there once for all.
  return [...new Set(columns)].filter(
    (buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && buffer.byteLength > 0,
  );
}
