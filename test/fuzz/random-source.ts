/** A small generator (xorshift): the same seed gives the same choices on every machine. */
export interface RandomSource {
  /** A whole number from 0 up to, without, the limit. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
}

export function randomSource(seed: number): RandomSource {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  function next(): number {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  }
  for (let warm = 0; warm < 8; warm += 1) next();
  const below = (limit: number) => (limit <= 1 ? 0 : next() % limit);
  return {
    below,
    pick<T>(list: readonly T[]): T {
      const chosen = list[below(list.length)];
      if (chosen === undefined && list.length === 0) throw new Error('nothing to pick from');
      return chosen as T;
    },
  };
}
