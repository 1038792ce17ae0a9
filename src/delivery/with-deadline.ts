import { DeliveryError } from './outbox.js';

/** Less than the quarantine, so that a row in quarantine is never still on its way in this process. */
const deadlineMs = 30_000;

/** Waits for an answer of the far side; one that does not come in time is doubtful. */
export async function withDeadline<T>(answer: Promise<T>, milliseconds = deadlineMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeliveryError('doubtful', 'timed_out')), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
