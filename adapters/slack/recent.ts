import type { Clock } from '../../src/ports.js';

const mostKept = 2_000;

/** Keeps answers for a while, so that Slack is not asked the same on every command. A failure is not kept. */
export function recent<T>(clock: Clock, keptMs: number) {
  const known = new Map<string, { readonly until: number; readonly value: Promise<T> }>();
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    const now = Date.parse(clock.now());
    const kept = known.get(key);
    if (kept && kept.until > now) return kept.value;
    const value = ask();
    known.delete(key);
    known.set(key, { until: now + keptMs, value });
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    value.catch(() => known.delete(key));
    return value;
  };
}
