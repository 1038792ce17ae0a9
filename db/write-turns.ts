/**
 * Lets two threads of one process write to one SQLite file in turns. SQLite's own waiting would block the whole thread,
 * and a thread that writes all the time would hardly ever let another in.
 */
export interface WriteTurns {
  /** The thread that answers people; the other one writes the most. */
  readonly goesFirst: boolean;
  /** Answers at once, without a promise, where nobody else writes. */
  take(): Promise<void> | null;
  give(): void;
  /** Takes back the turn of the other thread, which has died. */
  forgetOther(): void;
}

const holder = 0;
/** And the next place for the second thread. */
const waiting = 1;
const signal = 3;

/** Waiting ends by a signal; this only bounds what a lost one could cost. */
const longestWaitMs = 50;

export function newTurns(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT);
}

/** The turns of one of the two threads: the first goes before the second. Each asks for one turn at a time. */
export function turnsOf(shared: SharedArrayBuffer, me: 0 | 1): WriteTurns {
  const state = new Int32Array(shared);
  const other = 1 - me;

  function tryTake(): boolean {
    const mustYield = me === 1 && Atomics.load(state, waiting) === 1;
    if (mustYield || Atomics.compareExchange(state, holder, 0, me + 1) !== 0) return false;
    Atomics.store(state, waiting + me, 0);
    return true;
  }

  async function waitForTurn(): Promise<void> {
    for (;;) {
      const seen = Atomics.load(state, signal);
      Atomics.store(state, waiting + me, 1);
      if (tryTake()) return;
      await Atomics.waitAsync(state, signal, seen, longestWaitMs).value;
    }
  }

  function tell(): void {
    Atomics.add(state, signal, 1);
    Atomics.notify(state, signal);
  }

  return {
    goesFirst: me === 0,
    take: () => (tryTake() ? null : waitForTurn()),
    give() {
      Atomics.store(state, holder, 0);
      tell();
    },
    forgetOther() {
      Atomics.store(state, waiting + other, 0);
      Atomics.compareExchange(state, holder, other + 1, 0);
      tell();
    },
  };
}
