import { readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

/** As `nice` counts: enough to let others go first, not so much that a busy machine would stop it. */
const steps = 5;

/**
 * Lets every other thread go before this one where they want the same processor. Linux alone counts threads like
 * processes; elsewhere all stay equal.
 */
export function stepBack(): void {
  try {
    const [, , thread] = readlinkSync('/proc/thread-self').split('/');
    const priority = Math.min(constants.priority.PRIORITY_LOW, getPriority() + steps);
    if (thread) setPriority(Number(thread), priority);
  } catch {
    // Not Linux, or not allowed: slower answers on a busy machine, and nothing worse.
  }
}
