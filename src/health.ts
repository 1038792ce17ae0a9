import { fromInstant, type Instant } from './dates.js';
import type { Clock } from './ports.js';

/** Words only: whoever may ask for it need not be somebody who may know figures or names. */
export interface Health {
  readonly ok: boolean;
  readonly database: 'ok' | 'failing';
  /** The minute's round: what is due is put into the queue. */
  readonly ticks: 'ok' | 'late';
  /** Messages that may go out go out. */
  readonly outbox: 'ok' | 'late' | 'unknown';
}

export interface HealthOptions {
  readonly clock: Clock;
  /** When the last minute's round ended well. */
  readonly lastTick: () => Instant | null;
  /** When the first message may go out; what waits on purpose is due later. */
  readonly nextMessageDue: () => Promise<Instant | null>;
}

const databaseMs = 3_000;
const tickMs = 3 * 60_000;
const outboxMs = 15 * 60_000;

/** Never throws. */
export async function examineHealth({ clock, lastTick, nextMessageDue }: HealthOptions): Promise<Health> {
  const now = clock.now();
  const isLate = (since: Instant | null, limit: number) =>
    since !== null && fromInstant(now) - fromInstant(since) > limit;
  const ticked = lastTick();
  const ticks = ticked === null || isLate(ticked, tickMs) ? 'late' : 'ok';
  try {
    const outbox = isLate(await inTime(nextMessageDue()), outboxMs) ? 'late' : 'ok';
    return { ok: ticks === 'ok' && outbox === 'ok', database: 'ok', ticks, outbox };
  } catch {
    return { ok: false, database: 'failing', ticks, outbox: 'unknown' };
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), databaseMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
