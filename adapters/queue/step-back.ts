import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** As `nice` counts: enough to let others go first, not so much that a busy machine would stop it. */
const niceness = 5;

/**
 * Lets every other thread go before this one where they want the same processor. Linux alone counts threads like
 * processes; elsewhere all stay equal.
 */
export function stepBack(): void {
  try {
    const [, , thread] = readlinkSync('/proc/thread-self').split('/');
    if (thread) setPriority(Number(thread), niceness);
  } catch {
    // Not Linux, or not allowed: slower answers on a busy machine, and nothing worse.
  }
}
