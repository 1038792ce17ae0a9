import { addMilliseconds, type Instant } from '../dates.js';
import type { ProblemError } from '../problems/problem.js';

const minute = 60_000;
/** Waits after the first and the second failed try; a third failure is final. */
const waits = [1 * minute, 5 * minute] as const;

/** When to try again, or `null` when this failure is final. A wait that the far side asked for is never shortened. */
export function nextTry(error: ProblemError, attempt: number, now: Instant): Instant | null {
  const wait = waits[attempt];
  if (error.retry === 'never' || wait === undefined) return null;
  return addMilliseconds(now, Math.max(wait, error.retryAfterMs ?? 0));
}
