import { MessageChannel } from 'node:worker_threads';

/** Smaller ones are left to the collector; they may be parts of a list that others use too. */
const large = 1_000_000;

/**
 * Gives the memory of bytes back at once; they are empty then. The collector sees how small their handle is, not how much
 * hangs on it, and lets megabytes lie. What is sent to a port that closes is let go of, on every version of Node.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  if (byteLength < large || !(buffer instanceof ArrayBuffer) || buffer.byteLength > 2 * byteLength) return;
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(null, [buffer]);
  port1.close();
  port2.close();
}
