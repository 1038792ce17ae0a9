import type { Instant } from './dates.js';
import type { DeliveryError } from './delivery/outbox.js';

/** Counts what happens, for whoever watches the program. Names of hosts, offers, workspaces or people never go in. */
export interface Metrics {
  /** `outcome`: `good`, or the code of the problem that ended the try. */
  syncEnded(outcome: string, startedAt: Instant, endedAt: Instant): void;
  /** One try to deliver a message. */
  deliveryEnded(outcome: 'sent' | DeliveryError['outcome']): void;
  commandEnded(command: string, outcome: 'done' | 'failed' | 'refused'): void;
}
