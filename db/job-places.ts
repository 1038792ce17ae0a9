import type { Slots } from '../src/ports.js';
import { inTrouble } from './queued-job.js';

/** Jobs at a time of each kind, over all processes: a slow host must not hold all workers. */
const widths: Readonly<Record<string, number>> = { lane: 1, host: 3 };

/** How long a place that was found taken by another process is not asked for again. */
const rememberedMs = 1000;

export interface JobPlaces {
  /** Takes all places that a job with these flags needs, or none. */
  take(flags: readonly string[]): Promise<(() => Promise<void>) | null>;
  /** Flags of jobs that need not be looked at now. */
  full(): string[];
}

/** Half of the process's `width` is kept for offers in good health. */
export function createPlaces(slots: Slots, width: number): JobPlaces {
  const fullUntil = new Map<string, number>();
  const atWork = new Map<string, number>();
  const most = (flag: string) => (flag === inTrouble ? width / 2 : (widths[kindOf(flag)] ?? Infinity));
  const count = (flag: string, change: number) => {
    const now = (atWork.get(flag) ?? 0) + change;
    if (now === 0) atWork.delete(flag);
    else atWork.set(flag, now);
    if (change < 0) fullUntil.delete(flag);
  };

  return {
    async take(flags) {
      const limited = flags.filter((flag) => Number.isFinite(most(flag)));
      // Counted before anything is asked, so that of jobs that come at once no more than fit go on.
      if (limited.some((flag) => (atWork.get(flag) ?? 0) >= most(flag))) return null;
      for (const flag of limited) count(flag, 1);
      const shared = limited.filter((one) => one !== inTrouble);
      // Together, so that one question is enough.
      const asked = await Promise.allSettled(shared.map((flag) => slots.take(`job-${flag}`, most(flag))));
      const places = asked.map((place) => (place.status === 'fulfilled' ? place.value : null));
      const letGo = async () => {
        for (const flag of limited) count(flag, -1);
        await Promise.all(places.map((place) => place?.()));
      };
      if (!places.includes(null)) return letGo;
      await letGo();
      for (const [index, place] of asked.entries()) {
        if (place.status === 'rejected') throw place.reason;
        if (!place.value) fullUntil.set(shared[index] ?? '', performance.now() + rememberedMs);
      }
      return null;
    },
    full() {
      const now = performance.now();
      for (const [flag, until] of fullUntil) if (until <= now) fullUntil.delete(flag);
      const busy = [...atWork].filter(([flag, jobs]) => jobs >= most(flag)).map(([flag]) => flag);
      return [...new Set([...fullUntil.keys(), ...busy])];
    },
  };
}

function kindOf(flag: string): string {
  return flag.slice(0, flag.indexOf(':'));
}
