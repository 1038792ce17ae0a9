import type { Core } from '../ports.js';

/** Later than every instant that a clock, however wrong, has written. */
const endOfTime = '9999-12-31T23:59:59.999Z';

/**
 * Takes up what a process left that died on a database that nobody else works on: its jobs wait again, its runs are
 * closed. Messages on their way stay as they are: they may still arrive, so they are looked for after their quarantine.
 */
export async function takeUp({ stores, clock, log }: Pick<Core, 'stores' | 'clock' | 'log'>): Promise<void> {
  const [jobs, runs] = await stores.transaction(async (inside) => [
    await inside.jobs.releaseExpired(endOfTime),
    await inside.runs.closeAbandoned(endOfTime, clock.now()),
  ]);
  if (jobs > 0 || runs > 0) log.info({ jobs, runs }, 'took up the work of a process that died');
}
