import { fromInstant, type Instant, toInstant } from '../../src/dates.js';
import type { Clock } from '../../src/ports.js';

/** Time that runs faster: every process that is handed the same anchor has the same time, restarts included. */
export interface TimeAnchor {
  /** Real milliseconds since 1970 at which `start` was. */
  readonly realMs: number;
  readonly start: Instant;
  /** Simulated milliseconds in one real one. */
  readonly rate: number;
}

/** A fetch that hangs must end within a few simulated hours. */
export const fetchDeadlineMs = 200;

export function anchoredClock({ realMs, start, rate }: TimeAnchor, realNow = () => Date.now()): Clock {
  const startMs = fromInstant(start);
  return { now: () => toInstant(Math.floor(startMs + (realNow() - realMs) * rate)) };
}

/** The world's clock: runs from an anchor, or stands still and is moved by hand. */
export interface WorldClock extends Clock {
  /** Runs on from where it stands. */
  run(rate: number): TimeAnchor;
  stop(): void;
  advance(milliseconds: number): void;
}

export function worldClock(start: Instant): WorldClock {
  let standing: Instant = start;
  let running: Clock | null = null;
  const now = () => running?.now() ?? standing;
  return {
    now,
    run(rate) {
      const anchor = { realMs: Date.now(), start: now(), rate };
      running = anchoredClock(anchor);
      return anchor;
    },
    stop() {
      standing = now();
      running = null;
    },
    advance(milliseconds) {
      standing = toInstant(fromInstant(standing) + milliseconds);
    },
  };
}
