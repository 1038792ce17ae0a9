/** Long enough to outlive any signed time that is still accepted, either way. */
const keepMs = 15 * 60_000;

/** Remembers ids for a while. `first` is true for an id that was not seen before. */
export function createSeen(): { first(id: string, now: number): boolean } {
  const seen = new Map<string, number>();
  return {
    first(id, now) {
      for (const [old, at] of seen) {
        if (now - at < keepMs) break;
        seen.delete(old);
      }
      if (seen.has(id)) return false;
      seen.set(id, now);
      return true;
    },
  };
}
