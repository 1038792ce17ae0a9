import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Backlog } from '../../src/backlog.js';
import { fromInstant } from '../../src/dates.js';
import type { Metrics } from '../../src/metrics.js';
import type { Clock } from '../../src/ports.js';

export interface Prometheus {
  readonly metrics: Metrics;
  /** Everything counted so far, and how much waits now. */
  page(
    clock: Clock,
    measure: () => Promise<Backlog>,
  ): Promise<{ readonly type: string; readonly text: string }>;
}

const syncSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Counters in a registry of their own, so that two bots in one process do not share them. */
export function createPrometheus(): Prometheus {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const syncs = new Counter({
    name: 'tallyman_syncs_total',
    help: 'Tries to read an offer, by "good" or the code of the problem',
    labelNames: ['outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'tallyman_sync_duration_seconds',
    help: 'How long a try to read an offer took',
    buckets: syncSeconds,
    registers,
  });
  const deliveries = new Counter({
    name: 'tallyman_deliveries_total',
    help: 'Tries to deliver a message, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const commands = new Counter({
    name: 'tallyman_commands_total',
    help: 'Commands, by name and outcome',
    labelNames: ['command', 'outcome'],
    registers,
  });
  const backlog = backlogGauges(registry);
  return {
    metrics: {
      syncEnded(outcome, startedAt, endedAt) {
        syncs.inc({ outcome });
        durations.observe(Math.max(0, fromInstant(endedAt) - fromInstant(startedAt)) / 1000);
      },
      deliveryEnded: (outcome) => deliveries.inc({ outcome }),
      commandEnded: (command, outcome) => commands.inc({ command, outcome }),
    },
    async page(clock, measure) {
      backlog(await measure(), fromInstant(clock.now()));
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

function backlogGauges(registry: Registry): (backlog: Backlog, now: number) => void {
  const registers = [registry];
  const jobs = new Gauge({ name: 'tallyman_jobs_waiting', help: 'Jobs that wait', registers });
  const outbox = new Gauge({
    name: 'tallyman_outbox_waiting',
    help: 'Messages that were written and not delivered yet',
    registers,
  });
  const oldest = new Gauge({
    name: 'tallyman_outbox_oldest_seconds',
    help: 'Age of the oldest message that waits, 0 when none does',
    registers,
  });
  const incidents = new Gauge({
    name: 'tallyman_incidents_open',
    help: 'Incidents that have not recovered, by kind',
    labelNames: ['kind'],
    registers,
  });
  return (backlog, now) => {
    const { outboxOldest } = backlog;
    jobs.set(backlog.jobsWaiting);
    outbox.set(backlog.outboxWaiting);
    oldest.set(outboxOldest === null ? 0 : Math.max(0, now - fromInstant(outboxOldest)) / 1000);
    incidents.reset();
    for (const [kind, count] of backlog.incidentsOpen) incidents.set({ kind }, count);
  };
}
