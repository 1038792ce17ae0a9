import { setTimeout as wait } from 'node:timers/promises';
import { addMilliseconds, fromInstant, type Instant } from '../../src/dates.js';
import type { Clock } from '../../src/ports.js';
import type { Random } from '../sandbox/random.js';

/** How likely each fault is for one request to a chat product. They exclude each other. */
export interface ChatFaults {
  /** Answers 503 and does nothing. */
  readonly refused: number;
  /** Does it, then answers 502. */
  readonly failedAfter: number;
  /** Drops the connection and does nothing. */
  readonly lostBefore: number;
  /** Does it and drops the connection. */
  readonly lostAfter: number;
  /** Drops the connection and does it up to 45 seconds later, which is within the quarantine. */
  readonly late: number;
  readonly rateLimited: number;
  /** Answers after up to 60 real milliseconds. */
  readonly slow: number;
}

export const quiet: ChatFaults = {
  refused: 0,
  failedAfter: 0,
  lostBefore: 0,
  lostAfter: 0,
  late: 0,
  rateLimited: 0,
  slow: 0,
};

export const stormy: ChatFaults = {
  refused: 0.05,
  failedAfter: 0.04,
  lostBefore: 0.05,
  lostAfter: 0.06,
  late: 0.04,
  rateLimited: 0.03,
  slow: 0.08,
};

/** What befalls one request. */
export type Strike =
  | { readonly kind: 'refused' | 'failedAfter' | 'lostBefore' | 'lostAfter' }
  | { readonly kind: 'rateLimited'; readonly seconds: number }
  /** `keep` takes the work, which is done by the simulated clock. */
  | { readonly kind: 'late'; keep(act: () => unknown): void };

/** What all chat products of a world suffer. */
export interface Weather {
  /** How often each fault struck. */
  readonly struck: Readonly<Record<keyof ChatFaults, number>>;
  /** Requests so far. */
  requests(): number;
  /** Routes that were asked earlier than a 429 had told the same life of the bot. */
  tooEarly(): readonly string[];
  setFaults(faults: ChatFaults): void;
  /** The bot was told nothing yet. */
  beginLife(): void;
  /** Posts of a workspace that were made, or will be, and whose answer was lost. */
  lostPosts(workspace: string): number;
  /** Asked at each request; slow ones are held up here. `posting`: the workspace of a request that posts a message. */
  strike(route: string, posting: string | null): Promise<Strike | null>;
  /** Lets everything arrive that is still under way. */
  letArrive(): void;
}

const latestMs = 45_000;
const slowestMs = 60;
const longestRateLimit = 20;
const losing: ReadonlySet<keyof ChatFaults> = new Set(['failedAfter', 'lostAfter', 'late']);

export function createWeather(clock: Clock, random: Random): Weather {
  const underWay: { readonly dueAt: Instant; readonly act: () => unknown }[] = [];
  const told = new Map<string, Instant>();
  const lost = new Map<string, number>();
  const struck = { ...quiet };
  let faults = quiet;
  let requests = 0;
  const tooEarly: string[] = [];

  /** What was late arrives before anything else is answered. */
  function arrive(now: Instant): void {
    for (const late of underWay.filter(({ dueAt }) => dueAt <= now)) {
      underWay.splice(underWay.indexOf(late), 1);
      attempt(late.act);
    }
  }

  function draw(): keyof ChatFaults | null {
    let point = random.next();
    for (const [name, chance] of Object.entries(faults)) {
      point -= chance;
      if (point < 0) return name as keyof ChatFaults;
    }
    return null;
  }

  return {
    struck,
    requests: () => requests,
    tooEarly: () => tooEarly,
    lostPosts: (workspace) => lost.get(workspace) ?? 0,
    setFaults(next) {
      faults = next;
    },
    beginLife: () => told.clear(),
    async strike(route, posting) {
      const now = clock.now();
      requests += 1;
      arrive(now);
      const until = told.get(route);
      if (until !== undefined && fromInstant(now) < fromInstant(until)) tooEarly.push(route);
      const fault = draw();
      if (fault === null) return null;
      struck[fault] += 1;
      if (posting !== null && losing.has(fault)) lost.set(posting, (lost.get(posting) ?? 0) + 1);
      switch (fault) {
        case 'slow':
          await wait(random.whole(1, slowestMs));
          return null;
        case 'rateLimited': {
          const seconds = random.whole(1, longestRateLimit);
          told.set(route, addMilliseconds(now, seconds * 1000));
          return { kind: fault, seconds };
        }
        case 'late': {
          const dueAt = addMilliseconds(now, random.whole(1, latestMs));
          return { kind: fault, keep: (act) => void underWay.push({ dueAt, act }) };
        }
        default:
          return { kind: fault };
      }
    },
    letArrive: () => arrive(addMilliseconds(clock.now(), latestMs)),
  };
}

/** What arrives late may be refused, and nobody hears of it. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch {
    // As if it had never arrived.
  }
}
