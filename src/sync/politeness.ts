import pLimit, { type LimitFunction } from 'p-limit';

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
