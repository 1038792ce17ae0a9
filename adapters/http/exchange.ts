import type { IncomingHttpHeaders } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import * as problems from '../../src/problems/fetch.js';

export interface Question {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Ends it whenever it comes, even while nothing is connected yet. */
  readonly deadline: Deadline;
  /** Bytes as sent, compressed or not. */
  readonly wireBytes: number;
  /** Bodies of other answers are not waited for. */
  readonly wantsBody: (status: number, headers: IncomingHttpHeaders) => boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As sent; empty when it was not wanted, or with a fault. */
  readonly body: Uint8Array;
  /** What kept the body from being read to its end. */
  readonly fault: unknown;
}

const mebibyte = 1024 * 1024;
const usualRoom = 64 * 1024;

/**
 * One request and its answer. Rejects when there is no answer at all. Bodies are put together as they come, without the
 * streams of `undici.request`, which take as much time as the request.
 */
export async function exchange(dispatcher: Dispatcher, question: Question): Promise<Answer> {
  // In the turn of the event loop in which it answered, undici takes a connection for busy, and would open another.
  await nextTurn();
  const { url, headers, deadline, wireBytes, wantsBody } = question;
  return new Promise((resolve, reject) => {
    let answer: Pick<Answer, 'status' | 'headers'> | null = null;
    let body = growing(0);
    const end = (fault: unknown, whole: Uint8Array = nothing) => {
      if (answer) resolve({ ...answer, body: whole, fault });
      else reject(fault);
    };
    let stop = end;
    deadline.whenOver((error) => stop(error));
    dispatcher.dispatch(
      { origin: url.origin, path: `${url.pathname}${url.search}`, method: 'GET', headers },
      {
        onRequestStart(controller) {
          stop = (error) => controller.abort(error as Error);
          if (deadline.isOver) controller.abort(new Error('too late'));
        },
        onResponseStart(controller, status, received) {
          // Only a notice that an answer will come.
          if (status < 200) return;
          answer = { status, headers: received };
          if (!wantsBody(status, received)) return leave(controller, null);
          const stated = Number(received['content-length'] ?? 0);
          if (stated > wireBytes) return leave(controller, problems.tooLarge(wireBytes / mebibyte));
          body = growing(stated || usualRoom);
        },
        onResponseData(controller, chunk) {
          if (body.add(chunk) > wireBytes) leave(controller, problems.tooLarge(wireBytes / mebibyte));
        },
        onResponseEnd: () => end(null, body.whole()),
        onResponseError: (_, error) => end(error),
      },
    );

    /** The rest is not read, and the connection goes with it. */
    function leave(controller: Dispatcher.DispatchController, fault: unknown): void {
      end(fault);
      controller.abort(new Error('left'));
    }
  });
}

const nothing = new Uint8Array();

/** Room for a body, at first for as many bytes as it is said to have. */
function growing(expected: number) {
  let room = Buffer.allocUnsafeSlow(expected);
  let size = 0;
  return {
    /** Answers how many bytes there are now. */
    add(chunk: Uint8Array): number {
      if (size + chunk.length > room.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(size + chunk.length, 2 * room.length));
        larger.set(room.subarray(0, size));
        room = larger;
      }
      room.set(chunk, size);
      size += chunk.length;
      return size;
    },
    whole: () => room.subarray(0, size),
  };
}

/** When an answer must be there at last. */
export interface Deadline {
  readonly isOver: boolean;
  /** Calls the one that asked last; at once when it is over. */
  whenOver(call: (error: unknown) => void): void;
  clear(): void;
}

export function startDeadline(milliseconds: number): Deadline {
  let isOver = false;
  let call: (error: unknown) => void = () => undefined;
  const timer = setTimeout(() => {
    isOver = true;
    call(new Error('too late'));
  }, milliseconds);
  return {
    get isOver() {
      return isOver;
    },
    whenOver(next) {
      call = next;
      if (isOver) call(new Error('too late'));
    },
    clear: () => clearTimeout(timer),
  };
}
