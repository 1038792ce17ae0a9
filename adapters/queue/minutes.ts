import { scheduleJob } from 'node-schedule';
import type { Log } from '../../src/ports.js';

/** Calls `tick` once a minute, never two at a time; what is due is asked of the database. */
export function everyMinute(tick: () => Promise<void>, log: Log): { stop(): Promise<void> } {
  let underWay: Promise<void> | null = null;
  const job = scheduleJob('* * * * *', () => {
    underWay ??= tick()
      .catch((error: unknown) => log.error({ error }, 'tick failed'))
      .finally(() => {
        underWay = null;
      });
  });
  return {
    async stop() {
      job.cancel();
      await underWay;
    },
  };
}
