import { addDays, type Instant } from './dates.js';
import type { Core } from './ports.js';

/** What is written day after day and may go once it is old. */
export type OldRecords = 'runs' | 'messages' | 'incidents' | 'audit';

export interface OldRecordStore {
  /**
   * Looks at the next few records of a kind that are from before an instant, removes those that nothing needs any more,
   * and remembers how far it came: all in one small transaction. Answers whether there may be more. For good stay: the
   * newest run of each offer, and those that a stored day or change names; messages that were not said, may have been
   * said, or were refused; incidents that were not over by then.
   */
  clear(kind: OldRecords, before: Instant): Promise<boolean>;
}

/**
 * How many days each kind is kept. Nothing reads a run, or a message that was sent, after some days: three months are for
 * people who look for what went wrong. That a message was said, and which one to edit, is kept apart from it and for
 * good, and so is which digests were posted. What a team may argue about, who did what and what was wrong when, is kept
 * for two years. Figures, days and changes always stay.
 */
const keptDays: Readonly<Record<OldRecords, number>> = {
  runs: 90,
  messages: 90,
  incidents: 730,
  audit: 730,
};

/** Of a kind in one round, so that the round goes on to end in time. A day has 1440 rounds. */
const mostSteps = 20;

const kinds = Object.keys(keptDays) as readonly OldRecords[];

/** Clears away what has become too old by the beginning of this day, a part in each of the day's first rounds. */
export async function clearOldRecords({ stores, clock }: Pick<Core, 'stores' | 'clock'>): Promise<void> {
  const today = clock.now().slice(0, 10);
  for (const kind of kinds) {
    const before = `${addDays(today, -keptDays[kind])}T00:00:00.000Z`;
    let step = 1;
    while ((await stores.oldRecords.clear(kind, before)) && step < mostSteps) step += 1;
  }
}
