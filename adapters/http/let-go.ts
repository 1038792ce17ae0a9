import { MessageChannel } from 'node:worker_threads';

/** Smaller ones are left to the collector; they may be parts of a list that others use too. */
const large = 16 * 1024;

/** Closed at once: what is sent to it leaves here, as always, and arrives nowhere. */
const nowhere = new MessageChannel().port1;
nowhere.close();

/**
 * Gives the memory of bytes back at once; they are empty then. The collector sees how small their handle is, not how much
 * hangs on it: it lets megabytes lie, or, in a thread with a small heap, goes through all of that for each few pages.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  if (byteLength < large || !(buffer instanceof ArrayBuffer) || buffer.byteLength > 2 * byteLength) return;
  nowhere.postMessage(null, [buffer]);
}
