import type { Job } from '../src/ports.js';

/** What the queue on Postgres keeps of a job, beside what it knows itself. */
export interface QueuedJob extends Omit<Job, 'id'> {
  readonly key: string;
}

/** The name under which every job goes: what it is stands in its payload. */
export const queueTask = 'tallyman';

export const inTrouble = 'in-trouble';

export function queueFlag(kind: 'lane' | 'host' | 'offer', value: string | number): string {
  return `${kind}:${value}`;
}
