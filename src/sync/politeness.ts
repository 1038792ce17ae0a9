import pLimit, { type LimitFunction } from 'p-limit';
import type { Slots } from '../ports.js';

/** Lets work of one key run at most `width` at a time, in the order it was asked for. */
export type Gate = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createGate(width: number): Gate {
  const lanes = new Map<string, { readonly limit: LimitFunction; users: number }>();
  return async (key, work) => {
    const lane = lanes.get(key) ?? { limit: pLimit(width), users: 0 };
    lanes.set(key, lane);
    lane.users += 1;
    try {
      return await lane.limit(work);
    } finally {
      lane.users -= 1;
      if (lane.users === 0) lanes.delete(key);
    }
  };
}

/** One request at a time for a token, because programmes answer 429 to more; a few for a host. */
export interface Gates {
  readonly token: Gate;
  readonly host: Gate;
}

export function createGates(perHost = 4): Gates {
  return { token: createGate(1), host: createGate(perHost) };
}

/** Gates that all processes on one database pass through. */
export function createSharedGates(slots: Slots, perHost = 4): Gates {
  return {
    token: shareGate(slots, 'request-token', 1),
    host: shareGate(slots, 'request-host', perHost),
  };
}

const firstLookMs = 20;
const longestLookMs = 320;

/** The process's own gate first, so that only one of its requests looks for each place. */
function shareGate(slots: Slots, name: string, width: number): Gate {
  const own = createGate(width);
  return (key, work) =>
    own(key, async () => {
      const letGo = await place(slots, `${name}:${key}`, width);
      try {
        return await work();
      } finally {
        await letGo();
      }
    });
}

async function place(slots: Slots, key: string, width: number): Promise<() => Promise<void>> {
  for (let lookMs = firstLookMs; ; lookMs = Math.min(longestLookMs, lookMs * 2)) {
    const taken = await slots.take(key, width);
    if (taken) return taken;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}
